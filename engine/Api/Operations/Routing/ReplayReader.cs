using System.Globalization;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Api.Operations.Routing;

internal sealed record ReplayRequest(RoutingDraft Draft, PastRange Range);

/// <summary>Reads a draft, each part of it a version or a text, and the time on which it is tried.</summary>
internal static class ReplayReader
{
    private const int MostPayments = 1_000_000;
    private const int UsualPayments = 100_000;

    private const int From = 0;
    private const int To = 1;
    private const int Setup = 2;
    private const int Scripts = 3;
    private const int Most = 4;

    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);

    /// <summary>Nothing was paid before, and calendars have ends.</summary>
    private const int FirstYear = 2000;
    private const int LastYear = 2200;

    private static readonly FieldNames Names = new(string.Empty, required: 2, "from", "to", "setup", "scripts", "most");
    private static readonly TextRule Lines = TextRule.OfLines(1, FieldLimits.SetupBytes);

    /// <summary>With its offset from UTC: nobody has to guess whose midnight is meant.</summary>
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static OrProblem<ReplayRequest> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        DateTimeOffset? from = null, to = null;
        VersionOrText? setup = null;
        var scripts = new Dictionary<string, VersionOrText>(StringComparer.Ordinal);
        int? most = UsualPayments;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case From:
                    from = ReadMoment(json.Text(TextRule.Code), field, errors);
                    break;
                case To:
                    to = ReadMoment(json.Text(TextRule.Code), field, errors);
                    break;
                case Setup:
                    setup = ReadPart(ref json);
                    break;
                case Scripts when json.TryEnter():
                    ReadScripts(ref json, scripts);
                    break;
                case Most:
                    most = json.Integer(1, MostPayments);
                    break;
            }
        }

        json.Close();
        CheckRange(from, to, errors);
        return errors.Any
            ? errors.ToProblem()
            : new ReplayRequest(new RoutingDraft(setup, scripts), new PastRange(from!.Value, to!.Value, most!.Value));
    }

    private static void ReadScripts(ref StrictJson json, Dictionary<string, VersionOrText> scripts)
    {
        while (json.NextNamed(Names.Path(Scripts) + ".", scripts, out var name))
        {
            if (ReadPart(ref json) is { } part)
            {
                scripts.Add(name, part);
            }
        }
    }

    private static VersionOrText? ReadPart(ref StrictJson json)
    {
        if (json.IsNumber)
        {
            return json.Integer(1, int.MaxValue) is { } version ? new VersionOrText(version, Text: null) : null;
        }

        return json.Text(Lines) is { } text ? new VersionOrText(Version: null, text) : null;
    }

    private static DateTimeOffset? ReadMoment(string? text, int field, FieldErrors errors)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            if (moment.UtcDateTime.Year is >= FirstYear and < LastYear)
            {
                return moment;
            }

            errors.Add(Names.Path(field), FieldCodes.OutOfRange, $"must be from {FirstYear} on and before {LastYear}");
            return null;
        }

        errors.Add(Names.Path(field), FieldCodes.UnknownValue, "must be a time such as 2026-11-20T00:00:00+08:00");
        return null;
    }

    private static void CheckRange(DateTimeOffset? from, DateTimeOffset? to, FieldErrors errors)
    {
        if (to - from is { } length && (length <= TimeSpan.Zero || length > LongestRange))
        {
            errors.Add(Names.Path(To), FieldCodes.OutOfRange, $"must be after from, by at most {LongestRange.TotalDays} days");
        }
    }
}
