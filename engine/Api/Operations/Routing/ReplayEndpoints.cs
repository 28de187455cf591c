using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>What a draft of the routing would have done with the past (C17).</summary>
internal sealed class ReplayEndpoints(ReplayDesk desk)
{
    /// <summary>Of a field: the draft could not be put into force.</summary>
    private const string Unfit = "unfit";

    private static readonly ProblemCode ReplayRunning = new(
        "replay_running", 409, true, "Another replay is running", "A node runs one replay at a time.");

    public async ValueTask<OrProblem<Answer>> RunAsync(OperationsCall call)
    {
        if (!(await OperationsBody.ReadAsync<ReplayRequest>(call, "POST /ops/v1/routing/replay", ReplayReader.Read)).Has(out var body, out var problem))
        {
            return problem;
        }

        return await desk.RunAsync(body.Command.Draft, body.Command.Range, call.Aborted) switch
        {
            ReplayResult.Done done => new Answer(StatusCodes.Status200OK, string.Empty, ReplayWriter.Write(done)),
            ReplayResult.Unfit(var errors) => Refuse(errors),
            ReplayResult.Busy => Problem.Of(ReplayRunning),
            var other => throw new InvalidOperationException($"the desk answered with {other}"),
        };
    }

    private static Problem Refuse(IReadOnlyList<SetupError> unfit)
    {
        var errors = new FieldErrors();
        foreach (var error in unfit)
        {
            errors.Add(error.Path, Unfit, error.Message);
        }

        return errors.ToProblem();
    }
}
