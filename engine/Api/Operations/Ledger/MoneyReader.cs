using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Reads an amount that brings its currency: {"value": "88.00", "currency": "CNY"}.</summary>
internal static class MoneyReader
{
    private const int Value = 0;
    private const int CurrencyCode = 1;

    /// <param name="json">At the value of the field.</param>
    /// <param name="path">Of the field.</param>
    /// <param name="errors">Where errors of it go.</param>
    /// <param name="mayBeZero">Whether nothing is an amount too.</param>
    public static Money? Read(ref StrictJson json, string path, FieldErrors errors, bool mayBeZero = false)
    {
        if (!json.TryEnter())
        {
            return null;
        }

        var names = new FieldNames(path + ".", required: 2, "value", "currency");
        string? value = null, code = null;
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            if (field == Value)
            {
                value = json.Text(TextRule.Code);
            }
            else
            {
                code = json.Text(TextRule.Code);
            }
        }

        if (code is null || value is null)
        {
            return null;
        }

        if (!Currency.TryParse(code, out var currency))
        {
            errors.Add(names.Path(CurrencyCode), FieldCodes.CurrencyUnknown, "must be the ISO 4217 code of a currency, such as CNY");
            return null;
        }

        // What is no amount at all has no currency either.
        return AmountReader.Read(value, currency, names.Path(Value), errors, mayBeZero) is { Currency.IsNone: false } money ? money : null;
    }
}
