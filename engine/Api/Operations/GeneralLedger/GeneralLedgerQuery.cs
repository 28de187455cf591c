using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>What questions to the general ledger have in common: days, pages, kinds of postings.</summary>
internal static class GeneralLedgerQuery
{
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly Dictionary<string, string> Kinds = Enum.GetNames<PostingKind>().ToDictionary(SnakeCase.Of);

    public static string KindsInWords { get; } = "must be one of " + string.Join(", ", Kinds.Keys);

    /// <summary>As it is stored: RefundTaken for refund_taken.</summary>
    public static bool TryReadKind(string? text, out string kind) => Kinds.TryGetValue(text ?? string.Empty, out kind!);

    public static bool TryReadDay(HttpRequest request, out DateOnly day, out Problem problem)
    {
        var text = (string?)request.Query["day"];
        problem = text is null
            ? Problem.OfField("day", FieldCodes.Required, "is required")
            : Problem.OfField("day", FieldCodes.UnknownValue, "must be a day, such as 2026-11-20");
        return DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>The last that the reader knows; 0 when he has none yet.</summary>
    public static bool TryReadAfter(HttpRequest request, out long after, out Problem problem)
    {
        (var text, after) = ((string?)request.Query["after"], 0);
        problem = Problem.OfField("after", FieldCodes.UnknownValue, "must be a whole number");
        return text is null || TryReadNumber(text, out after);
    }

    /// <summary>As <see cref="TryReadAfter"/>, where the last is a posting.</summary>
    public static bool TryReadAfterPosting(HttpRequest request, out long after, out Problem problem)
    {
        (var text, after) = ((string?)request.Query["after"], 0);
        problem = Problem.OfField("after", FieldCodes.UnknownValue, "must be the number of a posting");
        return text is null || TryReadPosting(text, out after);
    }

    /// <summary>By its number, or by the key of its row, as which it was told once.</summary>
    public static bool TryReadPosting(string? text, out long posting)
    {
        if (!LedgerNumber.TryPosting(text, out var id))
        {
            return TryReadNumber(text, out posting);
        }

        posting = id.Value;
        return true;
    }

    public static bool TryReadNumber(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
