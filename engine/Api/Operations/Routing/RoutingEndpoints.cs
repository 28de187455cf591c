using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>What is in force (C17): asking for it, agreeing, taking back, returning to what was. The desk decides.</summary>
internal sealed class RoutingEndpoints(RoutingDesk desk, TimeProvider clock)
{
    public const string Activation = "activation";

    public ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        new(Good(StatusCodes.Status200OK, RoutingWriter.Write(desk.Compiled, clock.GetUtcNow())));

    public async ValueTask<OrProblem<Answer>> HistoryAsync(OperationsCall call) =>
        Good(StatusCodes.Status200OK, RoutingWriter.Write(await desk.HistoryAsync(call.Aborted), clock.GetUtcNow()));

    public async ValueTask<OrProblem<Answer>> RequestAsync(OperationsCall call) =>
        IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
        && (await OperationsBody.ReadAsync<RequestActivation>(call, "POST /ops/v1/routing/activations", RoutingReader.ReadActivation))
            .Has(out var body, out problem)
            ? Of(StatusCodes.Status201Created, await desk.RequestAsync(body.Command, new RoutingWord(call.Actor, key, body.Hash), call.Aborted))
            : problem;

    public async ValueTask<OrProblem<Answer>> RollBackAsync(OperationsCall call) =>
        IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
        && (await OperationsBody.ReadAsync<RequestRollback>(call, "POST /ops/v1/routing/rollbacks", RoutingReader.ReadRollback))
            .Has(out var body, out problem)
            ? Of(StatusCodes.Status201Created, await desk.RollBackAsync(body.Command, new RoutingWord(call.Actor, key, body.Hash), call.Aborted))
            : problem;

    public ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) => DecideAsync(call, desk.ApproveAsync);

    public ValueTask<OrProblem<Answer>> WithdrawAsync(OperationsCall call) => DecideAsync(call, desk.WithdrawAsync);

    private async ValueTask<OrProblem<Answer>> DecideAsync(OperationsCall call, Func<long, string, CancellationToken, Task<RoutingResult>> decide) =>
        long.TryParse(call.Request.RouteValues[Activation] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Of(StatusCodes.Status200OK, await decide(id, call.Actor, call.Aborted))
            : OperationsProblems.Of(RoutingRefusals.ActivationNotFound);

    private OrProblem<Answer> Of(int status, RoutingResult result) => result switch
    {
        RoutingResult.Stored(var activation) => Good(status, RoutingWriter.Write(activation, clock.GetUtcNow())),
        RoutingResult.Unfit(var errors) => OperationsProblems.Of(errors),
        RoutingResult.Refused(var code) => OperationsProblems.Of(code),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
