using System.Text;
using PaymentEngine.Runtime.Submit;
using Messages = PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>As the engine's trade desk: merchants' requests, with its own decisions on repeats (O2, O3, O13).</summary>
internal sealed class RequestDesk(World world)
{
    /// <summary>Null when the engine could not say: the merchant has to ask again.</summary>
    public async Task<Reply?> AnswerAsync(Node node, Request request)
    {
        await node.Pause(world.Dice.Ms(0, 5));
        return request switch
        {
            Request.Open open => await OpenAsync(node, open),
            Request.Pay pay => await ChangeAsync(node, request, pay.Trade, unit =>
            {
                var refusal = TradeChecks.WhyNoPayment(unit.Family, unit.Now);
                if (refusal is null)
                {
                    Start(unit, pay.Payment);
                }

                return refusal;
            }),
            Request.Refund refund => await RefundAsync(node, refund),
            Request.Close close => await ChangeAsync(node, request, close.Trade, unit =>
            {
                var refusal = TradeChecks.WhyNotClose(unit.Family.Trade);
                if (refusal is null)
                {
                    Desk.Run(unit, new Messages.CloseTrade(close.Trade, "closed by the merchant"));
                }

                return refusal;
            }),
            _ => throw new InvalidOperationException($"no such request: {request}"),
        };
    }

    private async Task<Reply?> OpenAsync(Node node, Request.Open request)
    {
        var context = world.Engine.Desk.ContextFor(node, request.Merchant.Number, request.Key);
        var id = world.Numbers.NextId(world.Numbers.DayOf(node.Now));
        var command = request.Command;
        var trade = new TradeOrder
        {
            Id = id,
            TradeId = id,
            MerchantId = request.Merchant.Id,
            MerchantOrderNo = command.MerchantOrderNo,
            Amount = command.Amount,
            Payer = command.Payer,
            Payee = command.Payee,
            CreatedAt = context.Now,
            ExpiresAt = context.Now + command.Validity,
            Change = OrderChange.New,
        };
        var unit = new UnitOfWork(new TradeFamily(trade), context);
        Desk.Run(unit, new Messages.OpenTrade(id));
        if (command.Payment is { } payment)
        {
            Start(unit, payment);
        }

        ClaimAndAnswer(unit, request, command.MerchantOrderNo);
        return await world.Engine.Desk.CommitAsync(node, unit) switch
        {
            CommitResult.OrderNumberTaken taken => await ChangeAsync(node, request, taken.Trade, it => Continue(it, request)),
            var result => ReplyTo(result, unit, request),
        };
    }

    /// <summary>How the payment was booked is read before the decision; the day may turn in between.</summary>
    private async Task<Reply?> RefundAsync(Node node, Request.Refund request)
    {
        var booked = world.Store.Peek(request.Trade)?.Trade is { State: TradeStates.Paid } paid ? world.Store.Books.Booked(paid.PaidBy) : null;
        await node.Pause(world.Dice.Ms(0, 5));
        return await ChangeAsync(node, request, request.Trade, unit =>
        {
            switch (RefundDecision.Decide(unit.Family, request.Command, booked, unit.Context.Directory, unit.Refused))
            {
                case RefundDecision.Begin begin:
                    Desk.Run(unit, new Messages.RefundTrade(request.Trade, begin.Original, begin.Amount, begin.Terms, begin.OnlyOn));
                    return null;
                case RefundDecision.Refuse no:
                    return no.Refusal;
                case var decision:
                    throw new InvalidOperationException($"{decision} is not a decision on a refund");
            }
        });
    }

    private async Task<Reply?> ChangeAsync(Node node, Request request, OrderId trade, Func<UnitOfWork, Refusal?> change)
    {
        Refusal? refusal = null;
        var decided = await world.Engine.Desk.DecideAsync(node, trade, null, request.Merchant.Number, null, null, unit =>
        {
            refusal = change(unit);
            if (refusal is null)
            {
                ClaimAndAnswer(unit, request, merchantOrderNo: null);
            }

            return refusal is null;
        });

        // A refusal of now is no answer to a request that was answered before: the first answer stands.
        return refusal is null
            ? ReplyTo(decided.Commit!, decided.Unit!, request)
            : FirstAnswer(request) ?? new Reply(refusal.Code, null, IsFinal: !refusal.Retryable);
    }

    private static Refusal? Continue(UnitOfWork unit, Request.Open request)
    {
        switch (RepeatDecision.Decide(unit.Family, request.Command, request.Merchant.Repeats, unit.Now))
        {
            case RepeatDecision.Refuse no:
                return no.Refusal;
            case RepeatDecision.Revise:
                var latest = request.Command;
                Desk.Run(unit, new Messages.ReviseTrade(unit.Family.Trade.Id, latest.Amount, latest.Payer, latest.Payee));
                if (latest.Payment is { } payment)
                {
                    Start(unit, payment);
                }

                return null;
            case RepeatDecision.Continue { StartPayment: true }:
                Start(unit, request.Command.Payment!);
                return null;
            default:
                return null;
        }
    }

    private Reply? ReplyTo(CommitResult result, UnitOfWork unit, Request request) => result switch
    {
        CommitResult.Committed => new Reply(TextOf(unit.Answer!), unit.Family.Trade.Id, IsFinal: true),
        CommitResult.KeyTaken => FirstAnswer(request) ?? throw new InvalidOperationException("a key that is taken has no owner"),
        CommitResult.VersionConflict or CommitResult.Unavailable => null,
        _ => throw new InvalidOperationException($"a request cannot end as {result}"),
    };

    private Reply? FirstAnswer(Request request)
    {
        if (world.Store.FindRequest(request.Merchant.Id, request.Key) is not { } first)
        {
            return null;
        }

        return first.BodyHash.AsSpan().SequenceEqual(request.BodyHash())
            ? new Reply(TextOf(first.Answer), new OrderId(long.Parse(first.Answer.Location)), IsFinal: true)
            : new Reply(RefusalCodes.IdempotencyKeyReused, null, IsFinal: true);
    }

    private static void Start(UnitOfWork unit, StartPayment payment) => Desk.Run(
        unit, new Messages.StartPayment(unit.Family.Trade.Id, PaymentKind.Payment, payment.Method, payment.PayerAccount));

    private static void ClaimAndAnswer(UnitOfWork unit, Request request, string? merchantOrderNo)
    {
        var family = unit.Family;
        unit.Claim = new RequestClaim(request.Merchant.Id, request.Key, request.BodyHash(), merchantOrderNo);
        unit.Answer = new Answer(
            200, $"{family.Trade.Id.Value}", Encoding.UTF8.GetBytes($"{family.Trade.State} r{family.Trade.Revision} p{family.Payments.Count}"));
    }

    private static string TextOf(Answer answer) => Encoding.UTF8.GetString(answer.Body);
}
