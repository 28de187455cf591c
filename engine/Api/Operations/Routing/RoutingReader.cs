using System.Buffers;
using System.Globalization;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Routing.Book;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>Reads what shall be in force: which version of the setup or of a script, from when, for how many.</summary>
internal static class RoutingReader
{
    private const int Kind = 0;
    private const int Name = 1;
    private const int Version = 2;
    private const int Comment = 3;
    private const int Share = 4;
    private const int From = 5;

    private static readonly FieldNames ActivationNames = new(string.Empty, required: 1, "kind", "name", "version", "comment", "share", "from");
    private static readonly FieldNames RollbackNames = new(string.Empty, required: 1, "kind", "name", "version", "comment");
    private static readonly TextRule CommentRule = TextRule.OfLines(0, FieldLimits.Comment);

    private static readonly TextRule ScriptName = new(
        1, 64, SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"), "a-z 0-9 _");

    public static OrProblem<RequestActivation> ReadActivation(ReadOnlySpan<byte> body, string actor) =>
        Read(body, ActivationNames, out var errors) is var read && !errors.Any && read.Version is { } version
            ? new RequestActivation(read.Item, version, read.Share, read.From, read.Comment)
            : Missing(errors, read.Version);

    public static OrProblem<RequestRollback> ReadRollback(ReadOnlySpan<byte> body, string actor) =>
        Read(body, RollbackNames, out var errors) is var read && !errors.Any
            ? new RequestRollback(read.Item, read.Version, read.Comment)
            : errors.ToProblem();

    /// <summary>Names in paths and bodies obey one rule.</summary>
    public static bool IsScriptName(string? name) =>
        name is [>= 'a' and <= 'z', ..] and not ("setup" or "check" or "try") && ScriptName.Accepts(name);

    private static Problem Missing(FieldErrors errors, int? version)
    {
        if (version is null && !errors.Any)
        {
            errors.Add(ActivationNames.Path(Version), FieldCodes.Required, "is required");
        }

        return errors.ToProblem();
    }

    private static (RoutingItem Item, int? Version, int Share, DateTimeOffset? From, string Comment) Read(
        ReadOnlySpan<byte> body, FieldNames names, out FieldErrors errors)
    {
        errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? kind = null, name = null, comment = null;
        (int? version, int? share, DateTimeOffset? from) = (null, 100, null);
        json.Open();
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            switch (field)
            {
                case Kind:
                    kind = json.Text(TextRule.Code);
                    break;
                case Name:
                    name = json.Text(ScriptName);
                    break;
                case Version:
                    version = json.Integer(0, int.MaxValue);
                    break;
                case Share:
                    share = json.Integer(1, 100);
                    break;
                case From:
                    from = ReadMoment(json.Text(TextRule.Code), names.Path(From), errors);
                    break;
                case Comment:
                    comment = json.Text(CommentRule);
                    break;
            }
        }

        json.Close();
        var item = ItemOf(kind, name, names, errors);
        if (share < 100 && (item.IsSetup || ScriptPurpose.OfScript(item.Name).IsHook || version == 0))
        {
            errors.Add(names.Path(Share), FieldCodes.OutOfRange, "must be 100: only a version of a script that scores is tried with a share");
        }

        return (item, version, share ?? 100, from, comment ?? string.Empty);
    }

    private static RoutingItem ItemOf(string? kind, string? name, FieldNames names, FieldErrors errors)
    {
        switch (kind)
        {
            case "script" when IsScriptName(name):
                return RoutingItem.Script(name!);
            case "script" when !errors.Any:
                errors.Add(names.Path(Name), name is null ? FieldCodes.Required : FieldCodes.UnknownValue, "must be the name of a script");
                break;
            case "setup" when name is not null:
                errors.Add(names.Path(Name), FieldCodes.UnknownField, "the setup has no name");
                break;
            case not ("setup" or "script" or null):
                errors.Add(names.Path(Kind), FieldCodes.UnknownValue, "must be setup or script");
                break;
        }

        return RoutingItem.Setup;
    }

    private static DateTimeOffset? ReadMoment(string? text, string path, FieldErrors errors)
    {
        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        if (text is not null)
        {
            errors.Add(path, FieldCodes.UnknownValue, "must be a moment with its offset, as 2026-11-20T23:50:00+08:00");
        }

        return null;
    }
}
