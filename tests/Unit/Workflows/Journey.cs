using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Driver;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>
/// A trade of CNY 88.00 on its way through the lifecycles. Every event is a unit of work of its own, and what it
/// commits is kept in memory the way the database would: timers, work list, history.
/// </summary>
internal sealed class Journey
{
    public static readonly Money Price = new(88_00, Currency.Parse("CNY"));

    private static readonly OrderDriver Driver = new();

    private readonly FakeWorld _world;

    private long _lease;

    private Journey(FakeWorld world)
    {
        _world = world;
        var id = world.NextId(FakeWorld.Day);
        Family = new TradeFamily(new TradeOrder
        {
            Id = id,
            TradeId = id,
            Amount = Price,
            CreatedAt = world.Now,
            MerchantId = 7,
            MerchantOrderNo = "M-1",
            Payer = "alice",
            ExpiresAt = world.Now.AddMinutes(15),
        });
    }

    public TradeFamily Family { get; }

    public TradeOrder Trade => Family.Trade;

    /// <summary>The latest attempt to pay; a refund is not one.</summary>
    public PaymentOrder Payment => Family.Payments.FindLast(payment => !payment.IsRefund)!;

    public PaymentInstruction Instruction => Family.Instructions.FindLast(leg => leg.PaymentId == Payment.Id)!;

    public InstitutionOrder Order => Family.InstitutionOrders.FindLast(order => order.InstructionId == Instruction.Id)!;

    /// <summary>The latest refund and the order by which it goes back.</summary>
    public PaymentOrder Refund => Family.Payments.FindLast(payment => payment.IsRefund)!;

    public InstitutionOrder RefundOrder => Family.InstitutionOrders.FindLast(order => Family.PaymentOf(order) == Refund)!;

    public DateTimeOffset Now => _world.Now;

    public Dictionary<(OrderId Order, TimerKind Kind), DateTimeOffset> Timers { get; } = [];

    /// <summary>The channel application in whose lane each of them stands.</summary>
    public Dictionary<(OrderId Order, TimerKind Kind), string> Lanes { get; } = [];

    public Dictionary<OrderId, string> WorkList { get; } = [];

    public List<Difference> Differences { get; } = [];

    public List<CodeWait> CodeWaits { get; } = [];

    /// <summary>Orders that gave back what they took of the limits, and those that took it again.</summary>
    public List<InstitutionOrder> LimitsReturned { get; } = [];

    public List<InstitutionOrder> LimitsTakenAgain { get; } = [];

    public List<ScriptFault> ScriptFaults { get; } = [];

    /// <summary>What was learned of the channel, outcome by outcome.</summary>
    public List<ChannelSigns> Signs { get; } = [];

    public List<PostingIntent> Postings { get; } = [];

    public List<NotificationKind> Told { get; } = [];

    /// <summary>The institution numbers that went to the wire, in order.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>The institution numbers of which a channel application was told, in order.</summary>
    public List<string> HandedOver { get; } = [];

    public List<Transition> History { get; } = [];

    /// <summary>The four states, from trade to institution order, of the latest payment.</summary>
    public string States => string.Join(' ', new Order[] { Trade, Payment, Instruction, Order }.Select(order => order.State));

    public static Journey Opened(FakeWorld? world = null)
    {
        var journey = new Journey(world ?? new FakeWorld());
        journey.Tell(new OpenTrade(journey.Trade.Id));
        return journey;
    }

    /// <summary>Opened, and a first payment is being sent.</summary>
    public static Journey Started(FakeWorld? world = null) => Opened(world).Pay();

    public Journey Pay(string payerAccount = "6222…0001") =>
        Tell(new StartPayment(Trade.Id, PaymentKind.Payment, PaymentMethod.OnlineBanking, payerAccount));

    public Journey Answer(ChannelOutcome outcome, InstitutionOrder? order = null, short? send = null) =>
        Tell(AnswerOf(order ?? Order, outcome, send));

    public static OrderMessage AnswerOf(InstitutionOrder order, ChannelOutcome outcome, short? send = null) =>
        OutcomeMessages.OfSend(order.Id, send ?? order.Sends, outcome);

    public Journey Callback(ChannelOutcome outcome, InstitutionOrder? order = null) =>
        Tell(OutcomeMessages.OfCallback((order ?? Order).Id, outcome));

    /// <summary>The query timer falls due and the institution answers.</summary>
    public Journey Query(ChannelOutcome outcome, InstitutionOrder? order = null)
    {
        var asked = order ?? Order;
        GoTo(Timers[(asked.Id, TimerKind.Query)]);
        return Due(asked, TimerKind.Query, OutcomeMessages.OfQuery(asked.Id, outcome, Now));
    }

    /// <summary>The answer to a question of some time ago is decided on only now.</summary>
    public Journey QueryLate(ChannelOutcome outcome, DateTimeOffset askedAt) => Tell(OutcomeMessages.OfQuery(Order.Id, outcome, askedAt));

    /// <summary>An answer to a query that nobody's timer asked for.</summary>
    public Journey QueryByHand(ChannelOutcome outcome) => Tell(OutcomeMessages.OfQuery(Order.Id, outcome, Now));

    public Journey Expire() => Due(Trade, TimerKind.Expiry, new TradeExpired(Trade.Id));

    /// <summary>What waits unclaimed for its channel application reaches the end of its validity.</summary>
    public Journey SendExpires(InstitutionOrder? order = null) =>
        Due(order ?? Order, TimerKind.Expiry, new SendExpired((order ?? Order).Id));

    public Journey DispatchAgain(InstitutionOrder? order = null) =>
        Due(order ?? Order, TimerKind.Dispatch, new DispatchDue((order ?? Order).Id));

    public Journey PostAgain(PostingRefusal? refused = null) =>
        Due(Payment, TimerKind.Posting, new PostingDue(Payment.Id), refused);

    /// <summary>The merchant gives back what the latest payment brought, or a part of it; a void is for today's ledger day.</summary>
    public Journey GiveBack(long minor = 88_00, RefundKind kind = RefundKind.Refund, long feeBack = 0) => Tell(new RefundTrade(
        Trade.Id, Order.Id, Price with { Minor = minor }, new RefundTerms(kind, Price with { Minor = feeBack }, null, null, null),
        kind == RefundKind.Void ? FakeWorld.Day : null));

    public Journey Close() => Tell(new CloseTrade(Trade.Id, "merchant asked"));

    public Journey Revise(long minor) => Tell(new ReviseTrade(Trade.Id, Price with { Minor = minor }, "bob", "carol"));

    public Journey Wait(TimeSpan time)
    {
        _world.Now += time;
        return this;
    }

    public PostingRefusal Refusal(PostingRefusalReason reason = PostingRefusalReason.AccountFrozen) =>
        new(PostingKind.Payment, Payment.Id, reason, AccountId: 4711);

    public TimeSpan? TimerIn(Order order, TimerKind kind) =>
        Timers.TryGetValue((order.Id, kind), out var dueAt) ? dueAt - Now : null;

    public Journey Tell(OrderMessage message, PostingRefusal? refused = null, DueTimer? timer = null)
    {
        var unit = new UnitOfWork(Family, _world.Context()) { Refused = refused, HandledTimer = timer };
        Driver.Run(unit, message);
        Commit(unit);
        return this;
    }

    /// <summary>Goes to the moment at which the timer is due; there must be one.</summary>
    private Journey Due(Order order, TimerKind kind, OrderMessage message, PostingRefusal? refused = null)
    {
        var dueAt = Timers[(order.Id, kind)];
        GoTo(dueAt);
        return Tell(message, refused, new DueTimer(Trade.Id, order.Id, kind, ++_lease, dueAt));
    }

    private void GoTo(DateTimeOffset moment) => _world.Now = moment > Now ? moment : Now;

    private void Commit(UnitOfWork unit)
    {
        CodeWaits.AddRange(unit.CodeWaits);
        LimitsReturned.AddRange(unit.LimitsReturned);
        LimitsTakenAgain.AddRange(unit.LimitsTakenAgain);
        ScriptFaults.AddRange(unit.ScriptFaults);
        Signs.AddRange(unit.ChannelResults.Select(result => result.Signs));
        if (unit.HandledTimer is { } handled)
        {
            Timers.Remove((handled.Order, handled.Kind));
        }

        foreach (var timer in unit.Timers)
        {
            Timers.Remove((timer.Order, timer.Kind));
            if (timer.DueAt is { } dueAt)
            {
                Timers.Add((timer.Order, timer.Kind), dueAt);
                Lanes[(timer.Order, timer.Kind)] = timer.Lane;
            }
        }

        foreach (var item in unit.WorkItems)
        {
            WorkList.Remove(item.Order);
            if (item.Reason is { } reason)
            {
                WorkList.Add(item.Order, reason);
            }
        }

        Differences.AddRange(unit.Differences);
        Postings.AddRange(unit.PostingIntents);
        Told.AddRange(unit.Notifications.Select(notification => notification.Kind));
        foreach (var order in unit.Dispatches)
        {
            (order.ClaimedBy == 0 ? HandedOver : Sent).Add(order.InstitutionNumber);
        }

        History.AddRange(unit.Transitions);
        unit.MarkCommitted();
    }
}
