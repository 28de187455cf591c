using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>
/// Bookings by hand (A10): one person asks, another agrees to exactly what he saw, and it is booked. That he agreed is
/// stored first; booking it then has a key of its own, so whoever comes after a crash in between finishes it and nobody
/// books it twice.
/// </summary>
public sealed class AdjustmentDesk(
    AdjustmentStore adjustments,
    AccountReading accounts,
    PostingReading postings,
    TransitReading transit,
    ILedgerDesk ledger,
    NumberSource numbers,
    TimeProvider clock,
    ILogger<AdjustmentDesk> log)
{
    private const int MostAtOnce = 50;

    public async Task<AdjustmentView?> FindAsync(OrderId id, CancellationToken ct) =>
        await adjustments.FindAsync(id, ct) is { } stored ? await ViewAsync(stored, ct) : null;

    public async Task<IReadOnlyList<AdjustmentView>> ListAsync(bool all, OrderId after, int limit, CancellationToken ct)
    {
        var views = new List<AdjustmentView>();
        foreach (var stored in await adjustments.ListAsync(all, after, limit, ct))
        {
            views.Add(await ViewAsync(stored, ct));
        }

        return views;
    }

    public async Task<AdjustmentResult> RequestAsync(RequestAdjustment command, string actor, string key, byte[] bodyHash, CancellationToken ct)
    {
        if (await adjustments.FindAsync(actor, key, ct) is { } before)
        {
            return await RepeatedAsync(before, bodyHash, ct);
        }

        var legs = command.Legs;
        if (!command.Reverses.IsNone)
        {
            if (await postings.FindAsync(command.Reverses, ct) is not { Legs.Count: > 0 } reversed)
            {
                return new AdjustmentResult.Refused(AdjustmentRefusals.PostingNotFound);
            }

            if (RefuseReversal(reversed) is { } refusal)
            {
                return new AdjustmentResult.Refused(refusal);
            }

            var turned = await TurnedAsync(reversed, ct);
            if (legs.Count > 0 && !IsSame(legs, turned))
            {
                return new AdjustmentResult.Unfit([new AdjustmentFinding(
                    "legs", AdjustmentChecks.NotTheReversal, "the legs are not those of the posting turned around; without legs they are")]);
            }

            legs = turned;
        }

        var (capture, unfit) = await CaptureAsync(command.Captures, legs, ct);
        List<AdjustmentFinding> faults = [.. AdjustmentChecks.Faults(legs, await StandingsAsync(legs, ct)), .. unfit];
        if (command.Reverses.IsNone)
        {
            faults.AddRange(ItemChecks.Faults(legs, await transit.StandingsAsync(legs, ct)));
        }

        if (faults.Count > 0)
        {
            return new AdjustmentResult.Unfit(faults);
        }

        var id = await numbers.TakeIdAsync(clock.GetUtcNow());
        var content = new AdjustmentContent(command.Reason, legs, command.Reverses) { Captures = capture };
        return await RepeatedAsync(await adjustments.AddAsync(new NewAdjustment(id, content, actor, key, bodyHash), ct), bodyHash, ct);
    }

    /// <param name="contentHash">Of what he saw.</param>
    public async Task<AdjustmentResult> ApproveAsync(OrderId id, byte[] contentHash, string actor, CancellationToken ct)
    {
        await using var hearing = await adjustments.HearAsync(id, ct);
        if (await hearing.ReadAsync(ct) is not { } stored)
        {
            return new AdjustmentResult.Refused(AdjustmentRefusals.NotFound);
        }

        if (!stored.Posting.IsNone)
        {
            return await StoredAsync(stored, ct);
        }

        if (SecondPerson.ToApproval(stored, actor, contentHash) is var objection and not Objection.None)
        {
            return Refused(objection);
        }

        if (stored.Verdict == Verdict.None)
        {
            if ((await ItemWarningsAsync(stored.Content, ct)).FirstOrDefault() is { } warning)
            {
                return new AdjustmentResult.Refused(warning.Code);
            }

            await hearing.ApproveAsync(actor, ct);
            log.LogInformation("{Actor} has approved adjustment {Adjustment}", actor, LedgerNumber.OfAdjustment(id));
        }

        // From here on it is decided, whether anybody still waits for the answer or not.
        return await PostAsync(hearing, (await hearing.ReadAsync(CancellationToken.None))!);
    }

    public async Task<AdjustmentResult> RefuseAsync(OrderId id, string remark, string actor, CancellationToken ct)
    {
        await using var hearing = await adjustments.HearAsync(id, ct);
        return await hearing.ReadAsync(ct) switch
        {
            null => new AdjustmentResult.Refused(AdjustmentRefusals.NotFound),
            { Verdict: Verdict.Refused } refused => await StoredAsync(refused, ct),
            var asked when SecondPerson.ToRefusal(asked, actor) is var objection and not Objection.None => Refused(objection),
            _ when !await hearing.RefuseAsync(actor, remark, ct) => Refused(Objection.Approved),
            _ => await StoredAsync((await hearing.ReadAsync(ct))!, ct),
        };
    }

    /// <summary>Books what was agreed to and is not booked: a process died in between, or the ledger could not be reached.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var id in await adjustments.UnpostedAsync(MostAtOnce, ct))
        {
            await using var hearing = await adjustments.TryHearAsync(id, ct);
            if (hearing is not null && await hearing.ReadAsync(ct) is { Verdict: Verdict.Approved, Posting.IsNone: true } stored)
            {
                await PostAsync(hearing, stored);
            }
        }
    }

    private async Task<AdjustmentResult> PostAsync(AdjustmentHearing hearing, StoredAdjustment stored)
    {
        if (!stored.IsWhole)
        {
            log.LogCritical("the content of adjustment {Adjustment} is not what was asked for", LedgerNumber.OfAdjustment(stored.Id));
            await hearing.ReopenAsync(AdjustmentRefusals.ContentChanged, CancellationToken.None);
            return new AdjustmentResult.Refused(AdjustmentRefusals.ContentChanged);
        }

        var request = stored.Content.ToRequest(stored.Id, $"{stored.Maker}, approved by {stored.Checker}");
        switch (await ledger.PostAsync(request, CancellationToken.None))
        {
            case LedgerResult.Posted(var posting, var day, _):
                await hearing.PostedAsync(posting, day, CancellationToken.None);
                break;
            case LedgerResult.Refused(var reason, _, var detail):
                await hearing.ReopenAsync($"{reason}: {detail}", CancellationToken.None);
                return new AdjustmentResult.RefusedByLedger(reason, detail);
            case LedgerResult.KeyConflict(var first):
                log.LogCritical("posting {Posting} has the key of adjustment {Adjustment}", LedgerNumber.OfPosting(first), LedgerNumber.OfAdjustment(stored.Id));
                await hearing.ReopenAsync($"{AdjustmentRefusals.LedgerKeyConflict}: {LedgerNumber.OfPosting(first)}", CancellationToken.None);
                return new AdjustmentResult.Refused(AdjustmentRefusals.LedgerKeyConflict);
            case LedgerResult.Unavailable(var why):
                log.LogWarning("adjustment {Adjustment} is booked later: {Why}", LedgerNumber.OfAdjustment(stored.Id), why);
                break;
        }

        return await StoredAsync((await hearing.ReadAsync(CancellationToken.None))!, CancellationToken.None);
    }

    /// <summary>The amount is said from now on: the second person agrees to a number, and not to what will be left.</summary>
    private async Task<(HoldOrder.Capture? Capture, IReadOnlyList<AdjustmentFinding> Faults)> CaptureAsync(
        WantedCapture? wanted, IReadOnlyList<RequestedLeg> legs, CancellationToken ct)
    {
        if (wanted is null)
        {
            return (null, []);
        }

        if ((await accounts.HoldAsync(wanted.Hold, ct))?.Standing is not { } hold)
        {
            return (null, [new AdjustmentFinding("captures.hold", CaptureChecks.HoldUnknown, $"there is no hold {LedgerNumber.OfHold(wanted.Hold)}")]);
        }

        var capture = new HoldOrder.Capture(wanted.Hold, wanted.Amount ?? hold.Left);
        return (capture, CaptureChecks.Fault(capture, legs, hold) is { } fault ? [fault] : []);
    }

    private static AdjustmentResult.Refused Refused(Objection objection) => new(objection.Code("adjustment"));

    private static string? RefuseReversal(PostingRecord posting) =>
        !posting.Facts.ReversedBy.IsNone ? AdjustmentRefusals.AlreadyReversed
        : !posting.Facts.Reverses.IsNone ? AdjustmentRefusals.NotReversible
        : !posting.Order.IsNone ? AdjustmentRefusals.OfAnOrder
        : null;

    /// <summary>On a transit account it is the item that it changed which is changed back.</summary>
    private async Task<IReadOnlyList<RequestedLeg>> TurnedAsync(PostingRecord posting, CancellationToken ct)
    {
        var known = await AccountsAsync(posting.Legs.Select(leg => leg.Account), ct);
        return [.. posting.Legs.Select(leg => new RequestedLeg(
            leg.Account,
            -leg.Amount,
            known[leg.Account].Kind != nameof(AccountKind.Transit) ? default : leg.Order.IsNone ? posting.Id : leg.Order))];
    }

    private static bool IsSame(IReadOnlyList<RequestedLeg> asked, IReadOnlyList<RequestedLeg> turned) =>
        Sorted(asked).SequenceEqual(Sorted(turned));

    private static IEnumerable<(string Account, Money Amount)> Sorted(IEnumerable<RequestedLeg> legs) =>
        legs.Select(leg => (leg.Account, leg.Amount)).OrderBy(leg => leg.Account, StringComparer.Ordinal).ThenBy(leg => leg.Amount.Minor);

    /// <summary>The same key is the same request, once and for all (O13).</summary>
    private async Task<AdjustmentResult> RepeatedAsync(StoredAdjustment stored, byte[] bodyHash, CancellationToken ct) =>
        stored.BodyHash.AsSpan().SequenceEqual(bodyHash) ? await StoredAsync(stored, ct) : new AdjustmentResult.Refused(AdjustmentRefusals.KeyReused);

    private async Task<AdjustmentResult> StoredAsync(StoredAdjustment stored, CancellationToken ct) => new AdjustmentResult.Stored(await ViewAsync(stored, ct));

    private async Task<AdjustmentView> ViewAsync(StoredAdjustment stored, CancellationToken ct)
    {
        var known = await AccountsAsync(stored.Content.Legs.Select(leg => leg.Account), ct);
        var posting = stored.Posting.IsNone ? null : await postings.FindAsync(stored.Posting, ct);
        var hold = stored.Content.Captures is { } capture ? await accounts.HoldAsync(capture.Hold, ct) : null;
        IReadOnlyList<AdjustmentFinding> warnings = stored.Verdict == Verdict.Refused || posting is not null
            ? []
            :
            [
                .. AdjustmentChecks.Warnings(stored.Content, known.ToDictionary(entry => entry.Key, entry => entry.Value.Standing), hold?.Standing),
                .. await ItemWarningsAsync(stored.Content, ct),
            ];
        return new AdjustmentView(stored, known, hold, warnings, posting);
    }

    private async Task<IEnumerable<AdjustmentFinding>> ItemWarningsAsync(AdjustmentContent content, CancellationToken ct) =>
        ItemChecks.Warnings(content.Legs, await transit.StandingsAsync(content.Legs, ct), takesBack: !content.Reverses.IsNone);

    private async Task<IReadOnlyDictionary<string, AccountStanding>> StandingsAsync(IEnumerable<RequestedLeg> legs, CancellationToken ct) =>
        (await AccountsAsync(legs.Select(leg => leg.Account), ct)).ToDictionary(entry => entry.Key, entry => entry.Value.Standing);

    private async Task<Dictionary<string, AccountRecord>> AccountsAsync(IEnumerable<string> of, CancellationToken ct) =>
        (await accounts.FindAsync([.. of.Distinct()], ct)).ToDictionary(account => account.Number);
}
