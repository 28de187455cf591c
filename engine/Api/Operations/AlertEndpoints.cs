using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Alerts;

namespace PaymentEngine.Api.Operations;

/// <summary>What somebody has to know, who was told of it, and that somebody takes care of it.</summary>
internal sealed class AlertEndpoints(AlertDesk desk)
{
    public const string Id = "id";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) => (string?)call.Request.Query["state"] switch
    {
        null or "open" => Good(AlertWriter.Write(await desk.ListAsync(all: false, call.Aborted))),
        "all" => Good(AlertWriter.Write(await desk.ListAsync(all: true, call.Aborted))),
        _ => Problem.OfField("state", FieldCodes.UnknownValue, "must be open, all, or absent"),
    };

    public async ValueTask<OrProblem<Answer>> AcknowledgeAsync(OperationsCall call) =>
        long.TryParse(call.Request.RouteValues[Id] as string, out var id)
        && await desk.AcknowledgeAsync(id, call.Actor, call.Aborted) is { } alert
            ? Good(AlertWriter.Write(alert))
            : Problem.Of(ProblemCodes.NotFound);

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
