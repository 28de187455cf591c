using System.Diagnostics.CodeAnalysis;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Core.Units;

/// <summary>
/// One decision on one trade family: the orders it touched, the messages still to be delivered between them, and the
/// effects that commit with them. Nothing in it has happened until the group committer says so.
/// </summary>
public sealed class UnitOfWork(TradeFamily family, DecisionContext context)
{
    private readonly Queue<OrderMessage> _messages = new(4);

    public TradeFamily Family { get; } = family;

    public DecisionContext Context { get; } = context;

    public DateTimeOffset Now => Context.Now;

    /// <summary>The family version this unit was decided on; zero for a trade that is being opened.</summary>
    public int BaseVersion { get; } = family.Trade.Version;

    public bool OpensTrade => BaseVersion == 0;

    public RequestClaim? Claim { get; set; }

    public Answer? Answer { get; set; }

    public RefundNumberClaim? RefundNumber { get; set; }

    /// <summary>The lease under which a timer is handled; its row goes when this unit commits.</summary>
    public DueTimer? HandledTimer { get; set; }

    /// <summary>The stored callback that is handled; it counts as handled when this unit commits.</summary>
    public OrderId? HandledCallback { get; init; }

    /// <summary>A posting this family was refused a moment ago; machines wait instead of asking for it again.</summary>
    public PostingRefusal? Refused { get; init; }

    /// <summary>Counters of which this decision was told that they are full; it goes elsewhere (C4).</summary>
    public IReadOnlyCollection<LimitCounter> Full { get; init; } = [];

    /// <summary>The choices that were made in this unit; they are given back when it does not commit.</summary>
    public List<Route> Routes { get; } = [];

    public List<LimitTaking> LimitsTaken { get; } = [];

    /// <summary>Orders that failed for certain: what they took is free again, in the period of which they took it.</summary>
    public List<InstitutionOrder> LimitsReturned { get; } = [];

    /// <summary>Orders that succeeded after that: they take it once more, and nobody asks whether it fits.</summary>
    public List<InstitutionOrder> LimitsTakenAgain { get; } = [];

    /// <summary>What this unit learned of channels by the outcomes of payments.</summary>
    public List<ChannelResult> ChannelResults { get; } = [];

    /// <summary>What of it is remembered of cards, in this commit.</summary>
    public List<CardFailure> CardFailures { get; } = [];

    public List<CardWithoutFunds> CardsWithoutFunds { get; } = [];

    public List<Transition> Transitions { get; } = new(6);

    public List<TimerChange> Timers { get; } = new(2);

    public List<PostingIntent> PostingIntents { get; } = new(1);

    /// <summary>The intents with their legs, ready for the ledger.</summary>
    public List<Posting> Postings { get; } = new(1);

    /// <summary>
    /// Orders whose way to the institution begins as soon as this unit has committed: claimed ones are called here, the
    /// others wait for their channel application, which is told.
    /// </summary>
    public List<InstitutionOrder> Dispatches { get; } = new(1);

    public List<NotificationIntent> Notifications { get; } = [];

    /// <summary>The intents with their texts; none for a trade whose merchant did not ask to be told.</summary>
    public IReadOnlyList<Notification> RenderedNotifications { get; set; } = [];

    public List<Difference> Differences { get; } = [];

    public List<WorkItemChange> WorkItems { get; } = [];

    public List<CodeWait> CodeWaits { get; } = [];

    /// <summary>Scripts that should have decided something in this unit and could not.</summary>
    public IReadOnlyList<ScriptFault> ScriptFaults { get; private set; } = [];

    /// <summary>The request by hand that this unit carries out; it counts as carried out when this unit commits.</summary>
    public RerouteApproval? Approval { get; set; }

    /// <summary>The database has it: the family in memory is the family as stored.</summary>
    public void MarkCommitted()
    {
        Family.Trade.Version = BaseVersion + 1;
        Family.Trade.Change = OrderChange.None;
        foreach (var payment in Family.Payments)
        {
            payment.Change = OrderChange.None;
        }

        foreach (var instruction in Family.Instructions)
        {
            instruction.Change = OrderChange.None;
        }

        foreach (var order in Family.InstitutionOrders)
        {
            order.Change = OrderChange.None;
        }
    }

    /// <summary>Nothing of it has happened: whoever was chosen has his turn again.</summary>
    public void GiveBack()
    {
        foreach (var route in Routes)
        {
            route.GiveBack?.Invoke();
        }

        Routes.Clear();
    }

    /// <summary>Refunds say nothing: they are not routed, and another interface carries them.</summary>
    public void Learn(InstitutionOrder order, ChannelSigns signs)
    {
        if (signs != ChannelSigns.None && !Family.PaymentOf(order).IsRefund)
        {
            ChannelResults.Add(new ChannelResult(order, signs));
        }
    }

    public void Report(ScriptFault fault) => ScriptFaults = [.. ScriptFaults, fault];

    /// <summary>A choice takes a turn of the channel that is chosen, so it is asked for once.</summary>
    public Route Choose(PaymentInstruction leg, IReadOnlyCollection<int> tried)
    {
        var route = Context.Choice.Choose(new RouteRequest(Family, leg, Context.Directory, Now, tried, Full));
        Routes.Add(route);
        return route;
    }

    public void Emit(OrderMessage message) => _messages.Enqueue(message);

    public bool TryNextMessage([NotNullWhen(true)] out OrderMessage? message) => _messages.TryDequeue(out message);

    public void Arm(Order order, TimerKind kind, DateTimeOffset dueAt) => Change(order, kind, dueAt);

    public void Cancel(Order order, TimerKind kind) => Change(order, kind, null);

    private void Change(Order order, TimerKind kind, DateTimeOffset? dueAt)
    {
        for (var i = 0; i < Timers.Count; i++)
        {
            if (Timers[i].Order == order.Id && Timers[i].Kind == kind)
            {
                Timers.RemoveAt(i);
                break;
            }
        }

        // A timer of an order that this very unit creates has no row yet. The row of the timer that is being handled goes
        // by its lease; what somebody has armed since then under the same name is not wanted either.
        if (dueAt is not null || order.Change != OrderChange.New)
        {
            Timers.Add(new TimerChange(order.Id, kind, dueAt, LaneOf(order, kind)));
        }
    }

    /// <summary>What has to be sent belongs to whoever has the line to the institution, and questions wait by channel; everything else is the engine's.</summary>
    private string LaneOf(Order order, TimerKind kind) => (order, kind) switch
    {
        (InstitutionOrder it, TimerKind.Query) => Context.Directory.Channel(it.ChannelId).QuestionLane,
        (InstitutionOrder it, TimerKind.Dispatch) => Context.Directory.Channel(it.ChannelId).Application,
        _ => ApplicationSet.Engine,
    };
}

/// <summary>A message to one order of the family. Its type name is the event in the order's history.</summary>
public abstract record OrderMessage(OrderId Target)
{
    /// <summary>Why, for the history.</summary>
    public virtual string? Reason => null;
}
