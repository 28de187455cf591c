using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Reading;

/// <summary>The command of a request whose path says everything.</summary>
internal sealed record NoFields
{
    public static readonly NoFields Instance = new();
}

/// <summary>Reads a body that has nothing to say: no body at all, or an empty object.</summary>
internal static class NoFieldsReader
{
    private static readonly FieldNames None = new(string.Empty, required: 0);

    public static OrProblem<NoFields> Read(ReadOnlySpan<byte> body, Merchant merchant)
    {
        if (body.IsEmpty)
        {
            return NoFields.Instance;
        }

        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        json.Open();
        var seen = 0u;
        json.Next(None, ref seen, out _);
        json.Close();
        return errors.Any ? errors.ToProblem() : NoFields.Instance;
    }
}
