using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Ledger;

/// <summary>Money in is money out, in each currency: what every posting must fulfil before anything is applied.</summary>
internal static class Balance
{
    public static void Demand(Posting posting)
    {
        var legs = posting.Legs;
        if (legs.Count == 0 && posting.Holds.Count == 0)
        {
            throw Bug(posting, "has no legs");
        }

        for (var i = 0; i < legs.Count; i++)
        {
            var (account, amount) = legs[i];
            if (amount.IsZero)
            {
                throw Bug(posting, $"moves nothing on account {account.Number}");
            }

            if (amount.Currency != account.Currency)
            {
                throw Bug(posting, $"puts {amount.Currency} on account {account.Number}, which is in {account.Currency}");
            }

            if (IsFirstOfItsCurrency(legs, i) && SumOf(legs, amount.Currency) is var sum && sum != 0)
            {
                throw Bug(posting, $"is out of balance by {sum} minor units of {amount.Currency}");
            }
        }
    }

    private static bool IsFirstOfItsCurrency(IReadOnlyList<PostingLeg> legs, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (legs[i].Amount.Currency == legs[index].Amount.Currency)
            {
                return false;
            }
        }

        return true;
    }

    private static Int128 SumOf(IReadOnlyList<PostingLeg> legs, Currency currency)
    {
        Int128 sum = 0;
        for (var i = 0; i < legs.Count; i++)
        {
            sum += legs[i].Amount.Currency == currency ? legs[i].Amount.Minor : 0;
        }

        return sum;
    }

    private static InvalidOperationException Bug(Posting posting, string what) =>
        new($"the {posting.Kind} posting {posting.Id} of order {posting.Order} {what}");
}
