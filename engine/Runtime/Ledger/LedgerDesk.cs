using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>
/// Takes requests to the ledger: finds the accounts, says what can never be, and has the rest committed. A refusal that
/// may come of an old idea of an account is looked at again with a fresh one.
/// </summary>
public sealed class LedgerDesk(
    LedgerCommitter committer, AccountBook accounts, HoldStore holds, ReversibleLegs posted, NumberSource numbers, TimeProvider clock)
    : ILedgerDesk
{
    public async Task<LedgerResult> PostAsync(LedgerRequest request, CancellationToken cancellation)
    {
        var draft = request.Reverses.IsNone ? request : null;
        if (draft is null)
        {
            if (await posted.FindAsync(request.Reverses, cancellation) is not { } content || content.Kind == PostingKind.Reversal || content.Kind.IsOfAnOrder())
            {
                return new LedgerResult.Refused(
                    PostingRefusalReason.NotReversible, null, $"posting {LedgerNumber.OfPosting(request.Reverses)} is not there, is itself a reversal, or follows from an order");
            }

            draft = request with { Kind = PostingKind.Reversal, Legs = [.. content.Legs.Select(leg => leg with { Amount = -leg.Amount })] };
        }

        // The idea that it was posted by: what is known of the account may have been renewed since.
        var used = new List<Account>();
        var result = await TryAsync(draft, used, cancellation);
        if (result is LedgerResult.Refused { Reason: PostingRefusalReason.Overdraft, Account: { } number })
        {
            await accounts.RefreshAsync([number], cancellation);
            var now = await accounts.FindAsync(number, cancellation);
            if (used.Find(account => account.Number == number)?.SubAccounts.Count != now?.SubAccounts.Count)
            {
                return await TryAsync(draft, used, cancellation);
            }
        }

        return result;
    }

    /// <param name="request">What is to be posted.</param>
    /// <param name="used">Takes the accounts, as they were thought to be.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<LedgerResult> TryAsync(LedgerRequest request, List<Account> used, CancellationToken cancellation)
    {
        var legs = new List<PostingLeg>(request.Legs.Count);
        foreach (var leg in request.Legs)
        {
            if (await accounts.FindAsync(leg.Account, cancellation) is not { } account)
            {
                return Unknown(leg.Account);
            }

            if (leg.Amount.IsZero || leg.Amount.Currency != account.Currency)
            {
                return new LedgerResult.Refused(
                    PostingRefusalReason.Unbalanced, leg.Account, $"{leg.Amount} {leg.Amount.Currency} cannot be put on an account in {account.Currency}");
            }

            legs.Add(new PostingLeg(account, leg.Amount) { Item = leg.Item });
        }

        if (Unbalanced(request.Legs) is { } total)
        {
            return new LedgerResult.Refused(PostingRefusalReason.Unbalanced, null, $"the legs in {total.Currency} add up to {total} and not to zero");
        }

        var id = await numbers.TakeIdAsync(clock.GetUtcNow());
        var (changes, refusal) = await HoldsAsync(request, id, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        if (legs.Count == 0 && changes.Count == 0)
        {
            return new LedgerResult.Refused(PostingRefusalReason.Unbalanced, null, "there is nothing to post");
        }

        used.AddRange(legs.Select(static leg => leg.Account).Concat(changes.Select(static change => change.Account)));
        var posting = new Posting(id, id, request.Kind, legs) { Holds = changes, Use = request.Use, Reverses = request.Reverses };
        return await committer.CommitAsync(new KeyedPosting(request.Key, RequestHash.Of(request), posting, request.Narrative, request.MadeBy));
    }

    private async Task<(IReadOnlyList<HoldChange> Changes, LedgerResult? Refusal)> HoldsAsync(
        LedgerRequest request, OrderId posting, CancellationToken cancellation)
    {
        if (request.Holds.Count == 0)
        {
            return ([], null);
        }

        var known = await holds.AccountsAsync(request.Holds.Select(HoldOf).Where(hold => !hold.IsNone), cancellation);
        var changes = new List<HoldChange>();
        foreach (var order in request.Holds)
        {
            var hold = HoldOf(order);
            if (!hold.IsNone && !known.ContainsKey(hold))
            {
                return ([], new LedgerResult.Refused(PostingRefusalReason.HoldUnknown, null, $"there is no hold {LedgerNumber.OfHold(hold)}"));
            }

            var number = order is HoldOrder.Place place ? place.Account : known[hold].Account;
            if (await accounts.FindAsync(number, cancellation) is not { } account)
            {
                return ([], Unknown(number));
            }

            if (order is HoldOrder.Place { Amount: var amount } && (!amount.IsPositive || amount.Currency != account.Currency || changes.Exists(c => c.Hold == posting)))
            {
                return ([], new LedgerResult.Refused(PostingRefusalReason.Unbalanced, number, $"one positive amount in {account.Currency} can be held"));
            }

            changes.Add(ChangeOf(order, posting, account, request.MadeBy));
        }

        return (changes, null);
    }

    private static OrderId HoldOf(HoldOrder order) => order switch
    {
        HoldOrder.Capture capture => capture.Hold,
        HoldOrder.Release release => release.Hold,
        _ => default,
    };

    private static HoldChange ChangeOf(HoldOrder order, OrderId posting, Account account, string madeBy) => order switch
    {
        HoldOrder.Place place => new HoldChange(HoldChangeKind.Placed, posting, account, place.Amount)
        {
            Reason = place.Reason,
            ExpiresAt = place.ExpiresAt,
            PlacedBy = madeBy,
        },
        HoldOrder.Capture capture => new HoldChange(HoldChangeKind.Captured, capture.Hold, account, capture.Amount),
        HoldOrder.Release release => new HoldChange(
            release.IsExpiry ? HoldChangeKind.Expired : HoldChangeKind.Released, release.Hold, account, release.Amount),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "no such order"),
    };

    private static LedgerResult.Refused Unknown(string number) =>
        new(PostingRefusalReason.AccountUnknown, number, $"there is no account {number}");

    /// <summary>What the legs of a currency are off by; null when they balance in each.</summary>
    private static Money? Unbalanced(IReadOnlyList<RequestedLeg> legs)
    {
        foreach (var currency in legs.GroupBy(static leg => leg.Amount.Currency))
        {
            Int128 total = 0;
            foreach (var leg in currency)
            {
                total += leg.Amount.Minor;
            }

            if (total != 0)
            {
                return new Money((long)Int128.Clamp(total, long.MinValue, long.MaxValue), currency.Key);
            }
        }

        return null;
    }
}
