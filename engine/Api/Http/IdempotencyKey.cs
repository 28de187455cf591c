using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Http;

/// <summary>The merchant's promise that two requests of the same key are one (O13).</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public static OrProblem<string> Read(HttpRequest request)
    {
        var sent = request.Headers[Header];
        if (sent.Count == 0)
        {
            return Problem.Of(ProblemCodes.IdempotencyKeyMissing);
        }

        return sent is [{ Length: >= 1 and <= FieldLimits.IdempotencyKey } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : Problem.Of(ProblemCodes.IdempotencyKeyMalformed);
    }
}
