using System.Globalization;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Reads what stands in the queries of lists: how many, after which, of which day.</summary>
internal static class LedgerQuery
{
    public const string After = "after";

    private const string Limit = "limit";
    private const int UsualLimit = 50;
    private const int MostLimit = 500;

    public static string Text(OperationsCall call, string name) => call.Request.Query[name].ToString();

    public static string? TextOrNull(OperationsCall call, string name) => Text(call, name) is { Length: > 0 } text ? text : null;

    /// <summary>Whatever somebody looks for; null where nothing is said. No text that is stored has control characters.</summary>
    public static string? ReadText(OperationsCall call, string name, FieldErrors errors)
    {
        var text = TextOrNull(call, name);
        if (text is null || !text.Any(char.IsControl))
        {
            return text;
        }

        errors.Add(name, FieldCodes.InvalidCharacters, "must have no control characters");
        return null;
    }

    public static int ReadLimit(OperationsCall call, FieldErrors errors)
    {
        if (TextOrNull(call, Limit) is not { } text)
        {
            return UsualLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostLimit)
        {
            return limit;
        }

        errors.Add(Limit, FieldCodes.OutOfRange, $"must be between 1 and {MostLimit}");
        return UsualLimit;
    }

    public static long ReadSequence(OperationsCall call, FieldErrors errors)
    {
        if (TextOrNull(call, After) is not { } text)
        {
            return 0;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            errors.Add(After, FieldCodes.OutOfRange, "must be the sequence of an entry");
        }

        return sequence;
    }

    public static OrderId ReadNumber(OperationsCall call, string name, LedgerNumber.Reader read, string what, FieldErrors errors)
    {
        OrderId id = default;
        if (TextOrNull(call, name) is { } text && !read(text, out id))
        {
            errors.Add(name, FieldCodes.UnknownValue, "is not the number of " + what);
        }

        return id;
    }

    /// <summary>Null where none is said.</summary>
    public static DateOnly? ReadDay(OperationsCall call, string name, FieldErrors errors)
    {
        if (TextOrNull(call, name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= OrderId.FirstDay && day <= OrderId.LastDay)
        {
            return day;
        }

        errors.Add(name, FieldCodes.UnknownValue, "must be a day such as 2026-11-20");
        return null;
    }
}
