using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>How things stand that somebody wants to book by hand: for the checks, and for the second person to see.</summary>
public sealed class AdjustmentFacts(AccountReading accounts, PostingReading postings, TransitReading transit)
{
    /// <summary>Null where there is no such posting, or it has no legs.</summary>
    public async Task<Reversed?> ReversedAsync(OrderId id, CancellationToken ct)
    {
        if (await postings.FindAsync(id, ct) is not { Legs.Count: > 0 } posting)
        {
            return null;
        }

        var turned = await TurnedAsync(posting, ct);
        return new Reversed(RefuseReversal(posting) ?? (turned.Count == 0 ? AdjustmentRefusals.NotReversible : null), turned);
    }

    /// <summary>The amount is said from now on: the second person agrees to a number, and not to what will be left.</summary>
    public async Task<(HoldOrder.Capture? Capture, IReadOnlyList<ContentFinding> Faults)> CaptureAsync(
        WantedCapture? wanted, IReadOnlyList<RequestedLeg> legs, CancellationToken ct)
    {
        if (wanted is null)
        {
            return (null, []);
        }

        if ((await accounts.HoldAsync(wanted.Hold, ct))?.Standing is not { } hold)
        {
            return (null, [new ContentFinding("captures.hold", CaptureChecks.HoldUnknown, $"there is no hold {LedgerNumber.OfHold(wanted.Hold)}")]);
        }

        var capture = new HoldOrder.Capture(wanted.Hold, wanted.Amount ?? hold.Left);
        return (capture, CaptureChecks.Fault(capture, legs, hold) is { } fault ? [fault] : []);
    }

    /// <summary>What no approval could change.</summary>
    /// <param name="takesBack">Its items are those of the posting that is taken back.</param>
    public async Task<IEnumerable<ContentFinding>> FaultsAsync(IReadOnlyList<RequestedLeg> legs, bool takesBack, CancellationToken ct)
    {
        var standings = StandingsOf(await AccountsAsync(legs.Select(leg => leg.Account), ct));
        var faults = AdjustmentChecks.Faults(legs, standings);
        return takesBack ? faults : faults.Concat(ItemChecks.Faults(legs, await transit.StandingsAsync(legs, ct)));
    }

    public async Task<AdjustmentView> ViewAsync(Proposal<AdjustmentContent> proposal, CancellationToken ct)
    {
        var content = proposal.Content;
        var known = await AccountsAsync(content.Legs.Select(leg => leg.Account), ct);
        var posting = proposal.Done is { } done ? await postings.FindAsync(done.Posting, ct) : null;
        var hold = content.Captures is { } capture ? await accounts.HoldAsync(capture.Hold, ct) : null;
        IReadOnlyList<ContentFinding> warnings = proposal.Verdict == Verdict.Refused || posting is not null
            ? []
            : [.. AdjustmentChecks.Warnings(content, StandingsOf(known), hold?.Standing), .. await ItemWarningsAsync(content, ct)];
        return new AdjustmentView(proposal, known, hold, warnings, posting);
    }

    /// <summary>What would move the money of an open item twice.</summary>
    public async Task<IEnumerable<ContentFinding>> ItemWarningsAsync(AdjustmentContent content, CancellationToken ct)
    {
        var legs = content.Legs;
        var reversed = content.Reverses.IsNone ? null : await postings.FindAsync(content.Reverses, ct);
        return ItemChecks.Warnings(legs, await transit.StandingsAsync(legs, ct), reversed is null ? null : await transit.SidesAsync(legs, reversed.Legs[0].Day, ct));
    }

    private static string? RefuseReversal(PostingRecord posting) =>
        !posting.Facts.ReversedBy.IsNone ? AdjustmentRefusals.AlreadyReversed
        : !posting.Facts.Reverses.IsNone ? AdjustmentRefusals.NotReversible
        : !posting.Order.IsNone ? AdjustmentRefusals.OfAnOrder
        : null;

    private static Dictionary<string, AccountStanding> StandingsOf(IReadOnlyDictionary<string, AccountRecord> accounts) =>
        accounts.ToDictionary(entry => entry.Key, entry => entry.Value.Standing);

    /// <summary>Per account and item, as the ledger takes it back: what moved between the rows of one account is nothing.</summary>
    private async Task<IReadOnlyList<RequestedLeg>> TurnedAsync(PostingRecord posting, CancellationToken ct)
    {
        var known = await AccountsAsync(posting.Legs.Select(leg => leg.Account), ct);
        return
        [
            .. posting.Legs
                .GroupBy(leg => (leg.Account, Item: leg.Order.IsNone ? posting.Id : leg.Order))
                .Select(group => new RequestedLeg(
                    group.Key.Account,
                    group.Aggregate(Money.Zero(known[group.Key.Account].Currency), (sum, leg) => sum - leg.Amount),
                    AccountKinds.HasItems(known[group.Key.Account].Kind) ? group.Key.Item : default))
                .Where(leg => !leg.Amount.IsZero),
        ];
    }

    private async Task<Dictionary<string, AccountRecord>> AccountsAsync(IEnumerable<string> of, CancellationToken ct) =>
        (await accounts.FindAsync([.. of.Distinct()], ct)).ToDictionary(account => account.Number);
}

/// <summary>A posting that somebody wants to take back.</summary>
/// <param name="Refusal">Why it cannot be; null when it can.</param>
/// <param name="Turned">Its legs, turned around.</param>
public sealed record Reversed(string? Refusal, IReadOnlyList<RequestedLeg> Turned);
