using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Requests;
using Messages = PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Takes merchants' requests through a decision to a committed answer.</summary>
public sealed class TradeDesk(
    DecisionDesk desk,
    FirstAnswers firstAnswers,
    RequestStore requests,
    FamilyLoader families,
    JourneyStore journeys,
    BookedPayments bookedPayments,
    ExplanationDesk explanations,
    DirectoryHolder directory,
    EarlierAttempts earlierAttempts,
    InFlight inFlight,
    ITradeAnswerWriter answers) : ITradeDesk
{
    private const int Created = 201;
    private const int Ok = 200;

    public async ValueTask<DeskResult> OpenAsync(MerchantRequest request, OpenTrade command, CancellationToken ct)
    {
        if (inFlight.IsFull)
        {
            return Overloaded;
        }

        for (List<LimitCounter> full = []; ;)
        {
            var unit = await desk.BeginAsync(CauseOf(request), (context, day) => NewTrade(context, day, request.Merchant, command), full);
            desk.Run(unit, new Messages.OpenTrade(unit.Family.Trade.Id));
            if (command.Payment is { } payment)
            {
                Start(unit, payment);
            }

            Claim(unit, request, command.MerchantOrderNo);
            Answer(unit, request, Created);
            switch (await desk.CommitAsync(unit))
            {
                case CommitResult.OrderNumberTaken taken:
                    return await OpenAgainAsync(request, command, taken.Trade, ct);
                case CommitResult.LimitReached limit:
                    full.Add(limit.Counter);
                    continue;
                case var result:
                    return await ResultAsync(result, unit, request, ct);
            }
        }
    }

    public ValueTask<DeskResult> PayAsync(MerchantRequest request, OrderId trade, StartPayment command, CancellationToken ct) =>
        inFlight.IsFull
            ? ValueTask.FromResult(Overloaded)
            : ChangeAsync(
                request,
                trade,
                Created,
                unit =>
                {
                    var refusal = TradeChecks.WhyNoPayment(unit.Family, unit.Now)
                        ?? TradeChecks.WhyNotBeside(unit.Family, command.Method, unit.Now);
                    if (refusal is null)
                    {
                        Start(unit, command);
                    }

                    return refusal;
                },
                ct);

    public ValueTask<DeskResult> CloseAsync(MerchantRequest request, OrderId trade, CancellationToken ct) =>
        ChangeAsync(
            request,
            trade,
            Ok,
            unit =>
            {
                var refusal = TradeChecks.WhyNotClose(unit.Family.Trade);
                if (refusal is null)
                {
                    desk.Run(unit, new Messages.CloseTrade(trade, "closed by the merchant"));
                }

                return refusal;
            },
            ct);

    /// <summary>
    /// How the payment was booked is read before the decision: it never changes once the trade is paid, and a ledger day
    /// that turns meanwhile refuses the posting that was decided for it.
    /// </summary>
    public async ValueTask<DeskResult> RefundAsync(MerchantRequest request, OrderId trade, RefundTrade command, CancellationToken ct)
    {
        if (inFlight.IsFull)
        {
            return Overloaded;
        }

        var known = await FindAsync(request.Merchant, trade, ct);
        var booked = known?.Trade is { State: TradeStates.Paid } paid
            ? await bookedPayments.FindAsync(paid.PaidBy, paid.Amount.Currency, ct)
            : null;
        return await ChangeAsync(request, trade, Created, unit => Refund(unit, command, booked), ct, known);
    }

    public async ValueTask<TradeFamily?> FindAsync(Merchant merchant, OrderId trade, CancellationToken ct) =>
        await families.LoadAsync(trade) is { } family && family.Trade.MerchantId == merchant.Id ? family : null;

    public async ValueTask<TradeFamily?> FindAsync(Merchant merchant, string merchantOrderNo, CancellationToken ct) =>
        await requests.FindTradeAsync(merchant.Id, merchantOrderNo, ct) is { } trade ? await FindAsync(merchant, trade, ct) : null;

    public async ValueTask<TradeJourney?> JourneyAsync(Merchant merchant, OrderId trade, CancellationToken ct) =>
        await FindAsync(merchant, trade, ct) is { } family ? await journeys.LoadAsync(family, directory.Current, ct) : null;

    public async ValueTask<(TradeFamily Family, IReadOnlyList<ExplainedChoice> Choices)?> RoutingAsync(
        Merchant merchant, OrderId trade, CancellationToken ct) =>
        await FindAsync(merchant, trade, ct) is { } family ? (family, await explanations.OfAsync(family, ct)) : null;

    private static readonly DeskResult Overloaded = new DeskResult.Refused(
        new Refusal(RefusalCodes.Overloaded, 503, "more payments are in flight than this node takes; try again shortly", Retryable: true));

    /// <summary>The merchant order number has a trade: it is continued, revised or refused (O2).</summary>
    private ValueTask<DeskResult> OpenAgainAsync(MerchantRequest request, OpenTrade command, OrderId trade, CancellationToken ct) =>
        ChangeAsync(request, trade, Ok, unit => Continue(unit, request, command), ct);

    private Refusal? Continue(UnitOfWork unit, MerchantRequest request, OpenTrade command)
    {
        switch (RepeatDecision.Decide(unit.Family, command, request.Merchant.Repeats, unit.Now))
        {
            case RepeatDecision.Refuse no:
                return no.Refusal;
            case RepeatDecision.Revise:
                desk.Run(unit, new Messages.ReviseTrade(unit.Family.Trade.Id, command.Amount, command.Payer, command.Payee));
                if (command.Payment is { } latest)
                {
                    Start(unit, latest);
                }

                return null;
            case RepeatDecision.Continue { StartPayment: true }:
                Start(unit, command.Payment!);
                return null;
            default:
                return null;
        }
    }

    private Refusal? Refund(UnitOfWork unit, RefundTrade command, BookedPayment? booked)
    {
        switch (RefundDecision.Decide(unit.Family, command, booked, unit.Context.Directory, unit.Refused))
        {
            case RefundDecision.Refuse no:
                return no.Refusal;
            case RefundDecision.Begin refund:
                var trade = unit.Family.Trade;
                desk.Run(unit, new Messages.RefundTrade(trade.Id, refund.Original, refund.Amount, refund.Terms, refund.OnlyOn));
                unit.RefundNumber = command.MerchantRefundNo is { } number
                    ? new RefundNumberClaim(trade.MerchantId, number, trade.Id, unit.Family.Payments[^1].Id)
                    : null;
                return null;
            case var decision:
                throw new InvalidOperationException($"{decision} is not a decision on a refund");
        }
    }

    /// <summary>A request about an existing trade; it either changes the trade and is answered, or is refused.</summary>
    private async ValueTask<DeskResult> ChangeAsync(
        MerchantRequest request, OrderId trade, int status, Func<UnitOfWork, Refusal?> change, CancellationToken ct, TradeFamily? known = null)
    {
        Refusal? refusal = null;
        UnitOfWork? decided = null;
        var result = await desk.DecideAsync(trade, known, CauseOf(request), unit =>
        {
            refusal = unit.Family.Trade.MerchantId == request.Merchant.Id ? change(unit) : NotFound;
            if (refusal is not null)
            {
                return false;
            }

            Claim(unit, request, merchantOrderNo: null);
            Answer(unit, request, status);
            decided = unit;
            return true;
        });

        if (result.Family is null)
        {
            refusal = NotFound;
        }

        // A refusal of now is no answer to a request that was answered before: the first answer stands.
        return refusal is null
            ? await ResultAsync(result.Commit!, decided!, request, ct)
            : await firstAnswers.FindAsync(request, ct) ?? await RefuseAsync(refusal, result.Family, ct);
    }

    private async ValueTask<DeskResult> RefuseAsync(Refusal refusal, TradeFamily? family, CancellationToken ct)
    {
        if (refusal.Code == RefusalCodes.PaymentInProgress)
        {
            await earlierAttempts.AskAsync(family!, desk.Now, ct);
        }

        return new DeskResult.Refused(refusal);
    }

    private async ValueTask<DeskResult> ResultAsync(CommitResult result, UnitOfWork unit, MerchantRequest request, CancellationToken ct) => result switch
    {
        CommitResult.Committed => new DeskResult.Answered(unit.Answer!),
        CommitResult.KeyTaken => await firstAnswers.FindAsync(request, ct)
            ?? throw new InvalidOperationException("a key that is taken has no owner"),
        CommitResult.RefundNumberTaken taken => await firstAnswers.FindAsync(request, ct) ?? new DeskResult.Refused(new Refusal(
            RefusalCodes.MerchantRefundNoTaken, 409, "this number has a refund", Retryable: false, taken.Trade)),
        CommitResult.PostingRefused refused => new DeskResult.Refused(
            new Refusal(RefusalCodes.Unavailable, 503, "it cannot be booked now; try again later", Retryable: true)),
        CommitResult.VersionConflict => new DeskResult.Refused(
            new Refusal(RefusalCodes.Unavailable, 503, "the trade is changing too fast; try again", Retryable: true)),
        CommitResult.Unavailable why => new DeskResult.Refused(
            new Refusal(RefusalCodes.Unavailable, 503, why.Reason, Retryable: true)),
        _ => throw new InvalidOperationException($"a request cannot end as {result}"),
    };

    private static TradeOrder NewTrade(DecisionContext context, DateOnly day, Merchant merchant, OpenTrade command)
    {
        var id = context.Numbers.NextId(day);
        return new TradeOrder
        {
            Id = id,
            TradeId = id,
            MerchantId = merchant.Id,
            MerchantOrderNo = command.MerchantOrderNo,
            Amount = command.Amount,
            Payer = command.Payer,
            Payee = command.Payee,
            Description = command.Description,
            NotifyUrl = command.NotifyUrl,
            CreatedAt = context.Now,
            ExpiresAt = context.Now + command.Validity,
        };
    }

    private void Start(UnitOfWork unit, StartPayment payment) => desk.Run(
        unit, new Messages.StartPayment(unit.Family.Trade.Id, PaymentKind.Payment, payment.Method, payment.PayerAccount, payment.Elements));

    private static void Claim(UnitOfWork unit, MerchantRequest request, string? merchantOrderNo) =>
        unit.Claim = new RequestClaim(request.Merchant.Id, request.IdempotencyKey, request.BodyHash, merchantOrderNo);

    private void Answer(UnitOfWork unit, MerchantRequest request, int status) => unit.Answer = new Answer(
        status, "/v1/trades/" + unit.Family.Trade.Number, answers.Write(unit.Family, request.RequestSerial, request.Language));

    private static Cause CauseOf(MerchantRequest request) => new(request.Merchant.Number, request.RequestSerial);

    private static Refusal NotFound => new(RefusalCodes.TradeNotFound, 404, "there is no such trade", Retryable: false);
}
