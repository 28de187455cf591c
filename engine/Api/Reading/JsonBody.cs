using System.Text.Json;
using System.Text.Unicode;
using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads a command out of a body; what is possible may depend on who sent it.</summary>
internal delegate OrProblem<T> BodyReader<T, TSender>(ReadOnlySpan<byte> body, TSender sender)
    where T : class;

internal static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    public static OrProblem<T> Read<T, TSender>(ReadOnlySpan<byte> json, TSender sender, BodyReader<T, TSender> read)
        where T : class
    {
        if (!Utf8.IsValid(json) || json.StartsWith(ByteOrderMark))
        {
            return Problem.Of(ProblemCodes.InvalidUtf8);
        }

        try
        {
            return read(json, sender);
        }
        catch (JsonException exception)
        {
            return Problem.Of(ProblemCodes.MalformedJson, Explain(exception));
        }
    }

    /// <summary>The reader counts lines and bytes from zero and says so at the end of its message; people count from one.</summary>
    private static string Explain(JsonException exception)
    {
        var what = exception.Message.Contains("trailing comma", StringComparison.Ordinal)
            ? "A comma stands before the closing brace or bracket."
            : exception.Message.Split(" LineNumber:", 2)[0];
        return $"Line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {what}";
    }
}
