using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>What leaves the accounts of each customer by a posting: between his own nothing does.</summary>
public static class CustomerUses
{
    public static IEnumerable<(long Customer, Money Amount)> Of(Posting posting) => posting.Legs
        .Where(static leg => leg.Account.CustomerId is not null)
        .GroupBy(static leg => (Customer: leg.Account.CustomerId!.Value, leg.Amount.Currency))
        .Select(static legs => (legs.Key.Customer, new Money(-legs.Sum(leg => leg.Amount.Minor), legs.Key.Currency)))
        .Where(static use => use.Item2.IsPositive);
}
