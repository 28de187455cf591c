using PaymentEngine.Api.Problems;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads an amount.</summary>
internal static class AmountReader
{
    /// <summary>
    /// Ten thousand million yuan. A channel's receivable reaches down to −2^62 minor units; below this it takes millions
    /// of the largest payments to fill one, so that what was charged can always be booked.
    /// </summary>
    public const long LargestMinor = 1_000_000_000_000;

    public static Money Read(string text, Currency currency, string field, FieldErrors errors, bool mayBeZero = false)
    {
        if (!Money.TryParse(text, currency, out var money, out var error))
        {
            var (code, message) = Explain(error, currency);
            errors.Add(field, code, message);
        }
        else if (!money.IsPositive && !mayBeZero)
        {
            errors.Add(field, FieldCodes.AmountNotPositive, "must be more than zero");
        }
        else if (money.Minor > LargestMinor)
        {
            errors.Add(field, FieldCodes.AmountTooLarge, $"must be at most {new Money(LargestMinor, currency)}");
        }

        return money;
    }

    private static (string Code, string Message) Explain(MoneyError error, Currency currency) => error switch
    {
        MoneyError.Sign => (FieldCodes.AmountNotPositive, "must not carry a sign"),
        MoneyError.FractionOfMinorUnit => (
            FieldCodes.AmountHasFractionOfMinorUnit,
            $"has more decimals than {currency.Code}, which has {currency.Exponent}"),
        MoneyError.Overflow => (FieldCodes.AmountTooLarge, $"must be at most {new Money(LargestMinor, currency)}"),
        _ => (FieldCodes.AmountMalformed, "must be a decimal number such as \"88.00\", with a point and without separators"),
    };
}
