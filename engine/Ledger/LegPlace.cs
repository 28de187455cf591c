using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>Where a leg goes: the row that it changes, and the rows that have to be held for it.</summary>
/// <param name="MayBuffer">Where the row is not held anyway, the leg goes into the account's buffer.</param>
/// <param name="SweepsFrom">The sub-accounts whose money a debit may need too.</param>
public readonly record struct LegPlace(long Row, bool MayBuffer, IReadOnlyList<long>? SweepsFrom)
{
    public static LegPlace Of(Account account, long amount, int lane)
    {
        if (account.SubAccounts.Count > 0 && account.IsOfCustomer)
        {
            return amount > 0
                ? new LegPlace(account.Mode == AccountMode.Sharded ? account.RowFor(lane) : account.Id, MayBuffer: false, SweepsFrom: null)
                : new LegPlace(account.Id, MayBuffer: false, account.SubAccounts);
        }

        // Money on its way may be buffered both ways; what leaves anybody else is immediate.
        var mayBuffer = account.Mode == AccountMode.Buffered && (amount > 0 || account.Kind == AccountKind.Transit);
        return mayBuffer
            ? new LegPlace(account.Id, MayBuffer: !account.BufferIsLate, SweepsFrom: null)
            : new LegPlace(account.RowFor(lane), MayBuffer: false, SweepsFrom: null);
    }
}
