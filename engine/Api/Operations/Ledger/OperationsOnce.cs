using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Requests;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>
/// What a person asks for under a key is done once (O13): the same request has the first answer, another one under that key
/// is refused, and whoever comes at the same moment waits. A refusal leaves the key free. What was cut short is done again, and must find that it is done.
/// </summary>
internal sealed class OperationsOnce(OperationsRequestStore requests)
{
    /// <param name="call">Whose request it is.</param>
    /// <param name="operation">Method and path, in one spelling whatever the client wrote.</param>
    /// <param name="read">Reads the command out of the body.</param>
    /// <param name="act">Does it; what it is told is whether somebody may have begun it before.</param>
    public async ValueTask<OrProblem<Answer>> RunAsync<T>(
        OperationsCall call, string operation, Reading.BodyReader<T, string> read, Func<KeyedCommand<T>, Task<OrProblem<Answer>>> act)
        where T : class
    {
        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await OperationsBody.ReadAsync(call, operation, read)).Has(out var body, out problem))
        {
            return problem;
        }

        await using var claim = await requests.ClaimAsync(call.Actor, key, body.Hash, call.Aborted);
        if (!claim.First.BodyHash.AsSpan().SequenceEqual(body.Hash))
        {
            return Problem.Of(ProblemCodes.IdempotencyKeyReused);
        }

        if (claim.First.Answer is { } told)
        {
            return told;
        }

        var answer = await act(new KeyedCommand<T>(body.Command, key, claim.WasThere));
        await (answer.Has(out var done, out _) ? claim.AnswerAsync(done) : claim.FreeAsync());
        return answer;
    }
}

/// <param name="BegunBefore">The same request was there before and has no answer: it may have been done.</param>
internal sealed record KeyedCommand<T>(T Command, string Key, bool BegunBefore);
