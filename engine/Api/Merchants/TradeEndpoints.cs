using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Merchants;

/// <summary>Trades as merchants submit and read them. Reading, asking the desk, answering: no decision is made here.</summary>
internal sealed class TradeEndpoints(
    ITradeDesk desk, IMerchantDirectory merchants, ITradeAnswerWriter writer, IPayerMessages messages)
{
    public const string TradeNo = "trade_no";
    public const string MerchantOrderNo = "merchant_order_no";
    public const string Expand = "expand";
    public const string Everything = "all";
    public const string Routing = "routing";

    private readonly BodyReader<OpenTrade, Merchant> _readOpenTrade = new OpenTradeReader(merchants).Read;

    public async ValueTask<OrProblem<Answer>> OpenAsync(MerchantCall call) =>
        (await Submission.ReadAsync(call, "POST /v1/trades", _readOpenTrade)).Has(out var open, out var problem)
            ? Of(await desk.OpenAsync(open.Request, open.Command, call.Aborted))
            : problem;

    public async ValueTask<OrProblem<Answer>> PayAsync(MerchantCall call)
    {
        if (!TryTradeNo(call, out var number, out var trade))
        {
            return Problem.Of(ProblemCodes.TradeNotFound);
        }

        return (await Submission.ReadAsync<StartPayment>(call, $"POST /v1/trades/{number}/payments", StartPaymentReader.Read))
            .Has(out var pay, out var problem)
            ? Of(await desk.PayAsync(pay.Request, trade, pay.Command, call.Aborted))
            : problem;
    }

    public async ValueTask<OrProblem<Answer>> CloseAsync(MerchantCall call)
    {
        if (!TryTradeNo(call, out var number, out var trade))
        {
            return Problem.Of(ProblemCodes.TradeNotFound);
        }

        return (await Submission.ReadAsync<NoFields>(call, $"POST /v1/trades/{number}/close", NoFieldsReader.Read))
            .Has(out var close, out var problem)
            ? Of(await desk.CloseAsync(close.Request, trade, call.Aborted))
            : problem;
    }

    public async ValueTask<OrProblem<Answer>> RefundAsync(MerchantCall call)
    {
        if (!TryTradeNo(call, out var number, out var trade))
        {
            return Problem.Of(ProblemCodes.TradeNotFound);
        }

        return (await Submission.ReadAsync<RefundTrade>(call, $"POST /v1/trades/{number}/refunds", RefundTradeReader.Read))
            .Has(out var refund, out var problem)
            ? Of(await desk.RefundAsync(refund.Request, trade, refund.Command, call.Aborted))
            : problem;
    }

    public async ValueTask<OrProblem<Answer>> FindAsync(MerchantCall call)
    {
        if (!TryTradeNo(call, out _, out var trade))
        {
            return Problem.Of(ProblemCodes.TradeNotFound);
        }

        return Wanted(call) switch
        {
            Detail.Trade => Of(await desk.FindAsync(call.Merchant, trade, call.Aborted), call),
            Detail.Everything => await JourneyAsync(call, trade),
            Detail.Routing => await RoutingAsync(call, trade),
            _ => NoSuchDetail(),
        };
    }

    public async ValueTask<OrProblem<Answer>> FindByOrderNoAsync(MerchantCall call)
    {
        if (call.Request.Query[MerchantOrderNo] is not [{ } number] || !TextRule.MerchantOrderNo.Accepts(number))
        {
            return Problem.OfField(MerchantOrderNo, FieldCodes.Required, "is required once in the query, as it was submitted");
        }

        var detail = Wanted(call);
        if (detail == Detail.Unknown)
        {
            return NoSuchDetail();
        }

        var family = await desk.FindAsync(call.Merchant, number, call.Aborted);
        return (family, detail) switch
        {
            ({ Trade.Id: var trade }, Detail.Everything) => await JourneyAsync(call, trade),
            ({ Trade.Id: var trade }, Detail.Routing) => await RoutingAsync(call, trade),
            _ => Of(family, call),
        };
    }

    private static Detail Wanted(MerchantCall call) => call.Request.Query[Expand] switch
    {
        { Count: 0 } => Detail.Trade,
        [Everything] => Detail.Everything,
        [Routing] => Detail.Routing,
        _ => Detail.Unknown,
    };

    private static Problem NoSuchDetail() => Problem.OfField(Expand, FieldCodes.UnknownValue, "must be all or routing, or absent");

    private async ValueTask<OrProblem<Answer>> JourneyAsync(MerchantCall call, OrderId trade) =>
        await desk.JourneyAsync(call.Merchant, trade, call.Aborted) is { } journey
            ? Good(JourneyWriter.Write(journey, call.RequestSerial, new PayerWords(messages, call.Language)))
            : Problem.Of(ProblemCodes.TradeNotFound);

    private async ValueTask<OrProblem<Answer>> RoutingAsync(MerchantCall call, OrderId trade) =>
        await desk.RoutingAsync(call.Merchant, trade, call.Aborted) is var (family, choices)
            ? Good(RoutingWriter.Write(family, choices, call.RequestSerial, new PayerWords(messages, call.Language)))
            : Problem.Of(ProblemCodes.TradeNotFound);

    private static bool TryTradeNo(MerchantCall call, out string number, out OrderId trade)
    {
        number = call.Request.RouteValues[TradeNo] as string ?? string.Empty;
        return OrderNumber.TryParse(number, out var level, out trade) && level == OrderLevel.Trade;
    }

    private static OrProblem<Answer> Of(DeskResult result) => result switch
    {
        DeskResult.Answered(var answer) => answer,
        DeskResult.Refused(var refusal) => Problem.Of(refusal),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private OrProblem<Answer> Of(TradeFamily? family, MerchantCall call) =>
        family is not null ? Good(writer.Write(family, call.RequestSerial, call.Language)) : Problem.Of(ProblemCodes.TradeNotFound);

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);

    /// <summary>How much of a trade is to be shown.</summary>
    private enum Detail
    {
        Trade,
        Everything,
        Routing,
        Unknown,
    }
}
