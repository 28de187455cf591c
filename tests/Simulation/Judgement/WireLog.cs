namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>What was said between the engine and the institution, seen from the wire; calls are judged as they begin.</summary>
internal sealed class WireLog(World world)
{
    /// <summary>The clocks of two nodes, as far as they may differ.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMilliseconds(400);

    private readonly Dictionary<string, NumberLog> _numbers = [];

    public NumberLog Of(string number) => _numbers[number];

    public NumberLog? Find(string number) => _numbers.GetValueOrDefault(number);

    public void Asks(string number) => Get(number).Asked();

    public Call Begin(Node node, TradeFamily family, InstitutionOrder order)
    {
        var number = order.InstitutionNumber;
        world.Trace?.Note($"node {node.Id} calls with {number}, send {order.Sends}");
        var stored = world.Store.Peek(order.TradeId)?.InstitutionOrders.Find(it => it.Id == order.Id);
        Broken.If(stored is null || stored.Sends < order.Sends, "a call is committed before it begins (M1)", $"{number}, send {order.Sends}");
        Broken.If(world.Now >= order.SendBy + ClockError, "no call begins after send_by (M1)", $"{number}, {order.SendBy}");
        var log = Get(number);
        var channel = world.Facts.Directory.Channel(order.ChannelId);
        if (log.LastThatLeft is { } earlier)
        {
            Broken.If(!channel.Idempotent, "sent again only where a number executes once (C13)", $"{number}");
            Broken.If(
                log.NotKnownAt is not { } saidAt || saidAt < earlier.SendBy + channel.ResendSafetyDelay - ClockError,
                "sent again only when the institution, asked after the safety delay, does not know it (C13)", $"{number}");
            Broken.If(order.Sends > channel.MaximumSends, "sent again only as often as the channel allows (C13)", $"{number}");
        }

        JudgeReroute(family, order);
        return log.Begin(order.SendBy!.Value);
    }

    /// <summary>Another number of the same leg: the one before must be certain to have moved nothing (C14).</summary>
    private void JudgeReroute(TradeFamily family, InstitutionOrder order)
    {
        foreach (var other in family.InstitutionOrders)
        {
            if (other.InstructionId == order.InstructionId && other.Id < order.Id)
            {
                var isSafe = Find(other.InstitutionNumber) is not { } log || log.ToldFailed || log.LastThatLeft is null;
                Broken.If(!isSafe, "rerouted only after certain failure (C14)", $"{order.InstitutionNumber} after {other.InstitutionNumber}");
                Broken.If(order.Reroute is null, "a reroute carries its evidence (C14)", $"{order.InstitutionNumber}");
            }
        }
    }

    private NumberLog Get(string number)
    {
        if (!_numbers.TryGetValue(number, out var log))
        {
            _numbers.Add(number, log = new NumberLog());
        }

        return log;
    }
}

/// <summary>One call with an order.</summary>
internal sealed class Call(DateTimeOffset sendBy)
{
    public DateTimeOffset SendBy => sendBy;

    /// <summary>Whether the institution may have read a byte of it.</summary>
    public bool Left { get; private set; } = true;

    public void NeverLeft() => Left = false;
}

/// <summary>What was said about one number.</summary>
internal sealed class NumberLog
{
    private readonly List<Call> _calls = [];

    public Call? LastThatLeft => _calls.FindLast(call => call.Left);

    /// <summary>When, since the last call, the institution was last asked that then said that it does not know the number.</summary>
    public DateTimeOffset? NotKnownAt { get; private set; }

    /// <summary>The institution said that it would not execute it; what it said later is another matter.</summary>
    public bool ToldFailed { get; private set; }

    /// <summary>The engine took a callback that told of success.</summary>
    public Money? StoredSuccess { get; private set; }

    public bool StoredFailure { get; private set; }

    /// <summary>What the last question was answered; null when there was none, or no answer came.</summary>
    public ChannelOutcome? LastAnswer { get; private set; }

    public Call Begin(DateTimeOffset sendBy)
    {
        NotKnownAt = null;
        _calls.Add(new Call(sendBy));
        return _calls[^1];
    }

    public void Asked() => LastAnswer = null;

    public void Answered(ChannelOutcome outcome, DateTimeOffset askedAt)
    {
        LastAnswer = outcome;
        NotKnownAt = outcome is ChannelOutcome.NotKnown ? askedAt : NotKnownAt;
    }

    public void Told(ChannelOutcome outcome) => ToldFailed |= outcome is ChannelOutcome.Failed;

    public void CalledBack(ChannelOutcome outcome)
    {
        Told(outcome);
        StoredFailure |= outcome is ChannelOutcome.Failed;
        StoredSuccess = outcome is ChannelOutcome.Succeeded told ? told.Amount : StoredSuccess;
    }
}
