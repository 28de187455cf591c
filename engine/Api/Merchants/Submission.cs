using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Merchants;

/// <summary>A POST that was read and found to be in order: everything the desk needs.</summary>
internal sealed record Submission<T>(MerchantRequest Request, T Command)
    where T : class;

internal static class Submission
{
    /// <param name="call">The request and its sender.</param>
    /// <param name="operation">Method and path, which the idempotency key is bound to together with the body.</param>
    /// <param name="read">Reads the command out of the body.</param>
    public static async ValueTask<OrProblem<Submission<T>>> ReadAsync<T>(
        MerchantCall call, string operation, BodyReader<T, Merchant> read)
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

            return JsonBody.Read(body.Json, call.Merchant, read).Has(out var command, out problem)
                ? new Submission<T>(Request(call, key, body), command)
                : problem;
        }
    }

    private static MerchantRequest Request(MerchantCall call, string key, RequestBody body) =>
        new(call.Merchant, key, body.Hash(), call.RequestSerial) { Language = call.Language };
}
