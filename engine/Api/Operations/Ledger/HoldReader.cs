using System.Globalization;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Operations.Ledger;

internal sealed record SentHold(Money Amount, string Reason, DateTimeOffset? ExpiresAt);

/// <summary>Reads what is to be held.</summary>
internal static class HoldReader
{
    private static readonly FieldNames HoldNames = new(string.Empty, required: 2, "amount", "reason", "expires_at");

    public static OrProblem<SentHold> ReadHold(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        Money? amount = null;
        string? reason = null;
        DateTimeOffset? expires = null;
        json.Open();
        for (var seen = 0u; json.Next(HoldNames, ref seen, out var field);)
        {
            switch (HoldNames.Path(field))
            {
                case "amount":
                    amount = MoneyReader.Read(ref json, "amount", errors);
                    break;
                case "reason":
                    reason = json.Text(TextRule.Reason);
                    break;
                case "expires_at":
                    expires = ReadTime(json.Text(TextRule.Code), errors);
                    break;
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentHold(amount!.Value, reason!, expires);
    }

    private static DateTimeOffset? ReadTime(string? text, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        string[] forms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];
        if (DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        errors.Add("expires_at", FieldCodes.UnknownValue, "must be a moment in UTC such as 2026-11-20T10:00:00Z");
        return null;
    }
}
