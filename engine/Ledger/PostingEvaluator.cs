using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>
/// Applies postings to the balances that the committer has locked: all legs in their order, or none (A3). A leg that
/// lowers a balance must leave it at its floor or above, also when a later leg of the same posting would raise it again.
/// </summary>
public static class PostingEvaluator
{
    /// <summary>
    /// Null when the posting was applied and its entries were added; otherwise the reason, and nothing has changed.
    /// Legs that do not balance, or are of another currency than their account, are a bug and throw before anything changes.
    /// </summary>
    /// <param name="lane">The committer's lane, which decides the sub-accounts of hot accounts.</param>
    /// <param name="accounts">The rows of all legs.</param>
    public static PostingRefusal? TryApply(
        Posting posting,
        int lane,
        IReadOnlyDictionary<long, AccountState> accounts,
        List<EntryRow> entries)
    {
        Balance.Demand(posting);
        var legs = posting.Legs;
        var applied = entries.Count;
        for (var leg = 0; leg < legs.Count; leg++)
        {
            var (account, amount) = legs[leg];
            var state = accounts[account.RowFor(lane)];
            if (Refuse(state, amount.Minor) is { } reason)
            {
                TakeBack(entries, applied, accounts);
                return new PostingRefusal(posting.Kind, posting.Order, reason, account.Id);
            }

            var opening = state.Balance;
            state.Balance += amount.Minor;
            state.Sequence++;
            entries.Add(new EntryRow(
                state.Id, state.Sequence, posting.Id, checked((short)leg), amount.Minor, opening, state.Balance, amount.Currency));
        }

        return null;
    }

    private static PostingRefusalReason? Refuse(AccountState state, long amount)
    {
        if (state.Status != AccountStatus.Open)
        {
            return state.Status == AccountStatus.Frozen
                ? PostingRefusalReason.AccountFrozen
                : PostingRefusalReason.AccountClosed;
        }

        var closing = (Int128)state.Balance + amount;
        if (closing < long.MinValue || closing > long.MaxValue)
        {
            return PostingRefusalReason.BalanceOverflow;
        }

        return amount < 0 && closing - state.Frozen < state.Floor ? PostingRefusalReason.Overdraft : null;
    }

    /// <summary>Each entry says what its account was before it, so walking back over them restores every account.</summary>
    public static void TakeBack(List<EntryRow> entries, int applied, IReadOnlyDictionary<long, AccountState> accounts)
    {
        for (var i = entries.Count - 1; i >= applied; i--)
        {
            var state = accounts[entries[i].AccountId];
            state.Balance = entries[i].Opening;
            state.Sequence = entries[i].Sequence - 1;
        }

        entries.RemoveRange(applied, entries.Count - applied);
    }
}
