using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>A setup as a text that people review and keep (C1): YAML or JSON, which say the same.</summary>
public static class RoutingText
{
    /// <summary>What begins with a brace is JSON, as every JSON object does.</summary>
    public static bool IsJson(string text) => text.AsSpan().TrimStart().StartsWith("{");

    /// <exception cref="UnfitSetupException">All errors at once, each with its path and its line.</exception>
    public static RoutingDocument Read(string text)
    {
        var errors = new TextErrors();
        var setup = TryParse(text, errors) is { } root ? new SetupReader(errors).Read(root) : null;
        return errors.All.Count == 0 ? new RoutingDocument(setup!, errors) : throw new UnfitSetupException(errors.All);
    }

    public static string ToYaml(RoutingSetup setup)
    {
        var root = SetupWriter.Write(setup);
        return root.Fields.Count == 0 ? ToJson(setup) : YamlWriter.Write(root);
    }

    public static string ToJson(RoutingSetup setup) => JsonText.Write(SetupWriter.Write(setup));

    private static TextNode? TryParse(string text, TextErrors errors)
    {
        if (text.Length > TextLimits.MostChars || text.Contains('\0'))
        {
            errors.Add(string.Empty, 1, text.Length > TextLimits.MostChars ? "the document is too large" : "the document contains a NUL");
            return null;
        }

        try
        {
            return IsJson(text) ? JsonText.Read(text) : YamlReader.Read(text);
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
