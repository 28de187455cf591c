using System.Text.Json;
using System.Text.Unicode;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Merchants;

internal delegate OrProblem<T> BodyReader<T>(ReadOnlySpan<byte> body, Merchant merchant)
    where T : class;

/// <summary>A POST that was read and found to be in order: everything the desk needs.</summary>
internal sealed record Submission<T>(MerchantRequest Request, T Command)
    where T : class;

internal static class Submission
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <param name="call">The request and its sender.</param>
    /// <param name="operation">Method and path, which the idempotency key is bound to together with the body.</param>
    /// <param name="read">Reads the command out of the body.</param>
    public static async ValueTask<OrProblem<Submission<T>>> ReadAsync<T>(
        MerchantCall call, string operation, BodyReader<T> read)
        where T : class
    {
        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem))
        {
            return problem;
        }

        if (!(await RequestBody.ReadAsync(call.Request, operation)).Has(out var body, out problem))
        {
            return problem;
        }

        using (body)
        {
            // An empty body is of no type; whether it may be empty is the reader's to say.
            if (!body.Json.IsEmpty && !MediaType.IsJson(call.Request))
            {
                return Problem.Of(ProblemCodes.UnsupportedMediaType);
            }

            return Read(body.Json, call.Merchant, read).Has(out var command, out problem)
                ? new Submission<T>(new MerchantRequest(call.Merchant, key, body.Hash(), call.RequestSerial), command)
                : problem;
        }
    }

    public static OrProblem<T> Read<T>(ReadOnlySpan<byte> json, Merchant merchant, BodyReader<T> read)
        where T : class
    {
        if (!Utf8.IsValid(json) || json.StartsWith(ByteOrderMark))
        {
            return Problem.Of(ProblemCodes.InvalidUtf8);
        }

        try
        {
            return read(json, merchant);
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
