using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>Where a leg goes: the row that it changes, and the rows that have to be held for it.</summary>
/// <param name="MayBuffer">Where the row is not held anyway, the leg goes into the account's buffer.</param>
/// <param name="SweepsFrom">The sub-accounts whose money a debit may need too.</param>
public readonly record struct LegPlace(long Row, bool MayBuffer, IReadOnlyList<long>? SweepsFrom)
{
    public static LegPlace Of(Account account, long amount, int lane)
    {
        var isSplit = account.IsOfCustomer && account.SubAccounts.Count > 0;
        if (isSplit && amount <= 0)
        {
            return new LegPlace(account.Id, MayBuffer: false, account.SubAccounts);
        }

        // Money on its way may be buffered both ways; what leaves anybody else is immediate.
        if (account.Mode == AccountMode.Buffered && (amount > 0 || account.Kind == AccountKind.Transit))
        {
            return new LegPlace(account.Id, MayBuffer: !account.BufferIsLate, SweepsFrom: null);
        }

        // A customer's money lies on his own row, unless it is to be spread; ours is spread once there is where to.
        return new LegPlace(isSplit && account.Mode != AccountMode.Sharded ? account.Id : account.RowFor(lane), MayBuffer: false, SweepsFrom: null);
    }
}
