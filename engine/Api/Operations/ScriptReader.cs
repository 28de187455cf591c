using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Operations;

/// <summary>The text of a script as somebody sent it.</summary>
internal sealed record SentScript(string Text);

internal static class ScriptReader
{
    public const string Field = "script";

    private static readonly FieldNames Names = new(string.Empty, required: 1, Field);
    private static readonly TextRule Lines = TextRule.OfLines(1, FieldLimits.BodyBytes);

    public static OrProblem<SentScript> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? script = null;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out _);)
        {
            script = json.Text(Lines);
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentScript(script!);
    }
}
