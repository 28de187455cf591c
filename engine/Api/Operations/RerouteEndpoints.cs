using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Reroutes;

namespace PaymentEngine.Api.Operations;

/// <summary>Reroutes by hand (C14), and questions by hand. Reading, asking the desk, answering: no decision is made here.</summary>
internal sealed class RerouteEndpoints(RerouteDesk desk, AskDesk questions)
{
    public const string TradeNo = "trade_no";
    public const string OrderNo = "order_no";
    public const string Request = "reroute";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) =>
        Good(StatusCodes.Status200OK, RerouteWriter.Write(await desk.ListAsync(call.Aborted)));

    public async ValueTask<OrProblem<Answer>> RequestAsync(OperationsCall call)
    {
        if (!TryNumber(call, TradeNo, OrderLevel.Trade, out var number, out var trade))
        {
            return OperationsProblems.Of(RerouteRefusals.TradeNotFound);
        }

        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await OperationsBody.ReadAsync<RequestReroute>(call, $"POST /ops/v1/trades/{number}/reroutes", RerouteReader.Read))
                .Has(out var body, out problem))
        {
            return problem;
        }

        return Of(StatusCodes.Status201Created, await desk.RequestAsync(trade, body.Command, call.Actor, key, body.Hash, call.Aborted));
    }

    /// <summary>The number of the request is the key: to approve it again is to be told again what came of it.</summary>
    public async ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) =>
        long.TryParse(call.Request.RouteValues[Request] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Of(StatusCodes.Status200OK, await desk.ApproveAsync(id, call.Actor, call.Aborted))
            : OperationsProblems.Of(RerouteRefusals.RequestNotFound);

    public async ValueTask<OrProblem<Answer>> AskAsync(OperationsCall call)
    {
        if (!TryNumber(call, TradeNo, OrderLevel.Trade, out _, out var trade))
        {
            return OperationsProblems.Of(RerouteRefusals.TradeNotFound);
        }

        if (!TryNumber(call, OrderNo, OrderLevel.InstitutionOrder, out _, out var order))
        {
            return OperationsProblems.Of(RerouteRefusals.OrderNotFound);
        }

        return await questions.AskAsync(trade, order, call.Actor, call.Aborted) is { } refusal
            ? OperationsProblems.Of(refusal)
            : Good(StatusCodes.Status202Accepted, "{}"u8.ToArray());
    }

    private static OrProblem<Answer> Of(int status, RerouteResult result) => result switch
    {
        RerouteResult.Stored(var request) => Good(status, RerouteWriter.Write(request)),
        RerouteResult.Refused(var code) => OperationsProblems.Of(code),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private static bool TryNumber(OperationsCall call, string name, OrderLevel wanted, out string number, out OrderId id)
    {
        number = call.Request.RouteValues[name] as string ?? string.Empty;
        return OrderNumber.TryParse(number, out var level, out id) && level == wanted;
    }

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
