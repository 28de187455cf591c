using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>A setup as a text that people review and keep (C1): YAML or JSON, which say the same.</summary>
public static class RoutingText
{
    /// <summary>What begins with a brace is JSON, as every JSON object does.</summary>
    public static bool IsJson(string text) => WithoutMark(text).TrimStart().StartsWith("{");

    /// <exception cref="UnfitSetupException">All errors at once, each with its path and its line.</exception>
    public static RoutingDocument Read(string text) =>
        TryRead(text, out var errors) is { } document && errors.Count == 0 ? document : throw new UnfitSetupException(errors);

    /// <summary>What can be read of it beside the errors; null when it is no document.</summary>
    public static RoutingDocument? TryRead(string text, out IReadOnlyList<SetupError> errors)
    {
        var found = new TextErrors();
        var setup = TryParse(text, found) is { } root ? new SetupReader(found).Read(root) : null;
        errors = found.All;
        return setup is null ? null : new RoutingDocument(setup, found);
    }

    public static string ToYaml(RoutingSetup setup)
    {
        var root = SetupWriter.Write(setup);
        return root.Fields.Count == 0 ? ToJson(setup) : YamlWriter.Write(root);
    }

    public static string ToJson(RoutingSetup setup) => JsonText.Write(SetupWriter.Write(setup));

    /// <summary>Editors of some systems put a byte order mark in front.</summary>
    private static ReadOnlySpan<char> WithoutMark(string text) => text.StartsWith('\ufeff') ? text.AsSpan(1) : text;

    private static TextNode? TryParse(string text, TextErrors errors)
    {
        if (text.Length > TextLimits.MostChars || text.Contains('\0'))
        {
            errors.Add(string.Empty, 1, text.Length > TextLimits.MostChars ? "the document is too large" : "the document contains a NUL");
            return null;
        }

        try
        {
            return IsJson(text) ? JsonText.Read(WithoutMark(text).ToString()) : YamlReader.Read(WithoutMark(text).ToString());
        }
        catch (TextFaultException fault)
        {
            errors.Add(string.Empty, fault.Line, fault.Message);
            return null;
        }
    }
}

/// <summary>A setup that was a text, and where in it everything stands.</summary>
public sealed class RoutingDocument
{
    private readonly TextErrors _lines;

    internal RoutingDocument(RoutingSetup setup, TextErrors lines) => (Setup, _lines) = (setup, lines);

    public RoutingSetup Setup { get; }

    /// <summary>The error, with the line on which its part stands.</summary>
    public SetupError Locate(SetupError error) => error with { Line = _lines.LineOf(error.Path) };
}
