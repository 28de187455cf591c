using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads a body of one text and nothing else.</summary>
internal static class OneText
{
    /// <param name="body">As it was sent.</param>
    /// <param name="names">One, and it is required.</param>
    /// <param name="rule">Of the text.</param>
    /// <param name="sent">What the text says.</param>
    public static OrProblem<T> Read<T>(ReadOnlySpan<byte> body, FieldNames names, TextRule rule, Func<string, T> sent)
        where T : class
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? text = null;
        json.Open();
        for (var seen = 0u; json.Next(names, ref seen, out _);)
        {
            text = json.Text(rule);
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : sent(text!);
    }
}
