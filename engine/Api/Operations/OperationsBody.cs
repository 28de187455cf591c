using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Operations;

/// <param name="Hash">Of method, path and body.</param>
internal sealed record OperationsBody<T>(T Command, byte[] Hash)
    where T : class;

/// <summary>Reads what somebody of operations sent.</summary>
internal static class OperationsBody
{
    /// <param name="call">The request and whose it is.</param>
    /// <param name="operation">Method and path, in one spelling whatever the client wrote.</param>
    /// <param name="read">Reads the command out of the body.</param>
    /// <param name="mostBytes">A larger body is refused.</param>
    public static async ValueTask<OrProblem<OperationsBody<T>>> ReadAsync<T>(OperationsCall call, string operation, BodyReader<T, string> read, int mostBytes = FieldLimits.BodyBytes)
        where T : class
    {
        if (!(await RequestBody.ReadAsync(call.Request, operation, mostBytes)).Has(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            if (!MediaType.IsJson(call.Request))
            {
                return Problem.Of(ProblemCodes.UnsupportedMediaType);
            }

            return JsonBody.Read(body.Json, call.Actor, read).Has(out var command, out problem)
                ? new OperationsBody<T>(command, body.Hash())
                : problem;
        }
    }
}
