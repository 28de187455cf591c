namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// The institution itself: what truly happens to an order, whoever waits for the answer. No threads, no sockets, no
/// clock of its own: whoever drives it says what time it is and comes back at <see cref="NextDue"/>. Not thread-safe.
/// </summary>
public sealed partial class BankCore
{
    private readonly SimulatorOptions _options;
    private readonly DateTimeOffset _opened;
    private readonly IBankOutlet _outlet;
    private readonly IBankJournal? _journal;
    private readonly BankMemory _memory;
    private readonly Outages _outages;
    private readonly Aftercare _aftercare;
    private readonly Agenda<BankStep> _agenda = new();

    /// <param name="callsBack">Whether anybody wants to be called back.</param>
    public BankCore(SimulatorOptions options, DateTimeOffset opened, IBankOutlet outlet, IBankJournal? journal, bool callsBack)
    {
        _options = options;
        _opened = opened;
        _outlet = outlet;
        _journal = journal;
        _memory = new BankMemory(options);
        _outages = new Outages(options, opened);
        _aftercare = new Aftercare(options, callsBack);
    }

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public DateTimeOffset? NextDue => _agenda.NextMs is { } ms ? _opened.AddMilliseconds(ms) : null;

    /// <summary>Somebody calls. It cannot be called back, so there is nothing to cancel.</summary>
    public void Receive(BankCall call, DateTimeOffset now)
    {
        if (call.Order is { } order)
        {
            if (BankRules.TurnsAway(_memory.Find(order.Number), order))
            {
                Book(order, new BankRecord(order, Standing.Refused, Scenario.NotSentOnce), now);
                _outlet.Answer(call, new BankAnswer(BankStatus.Refused));
                return;
            }

            _journal?.Note(JournalEntry.Received(now, order));
        }

        var latency = BankLatency.Of(call.Number, _options);
        call.AnswerAtMs = Ms(now) + latency.TotalMs;
        Plan(StepKind.Decide, call, Ms(now) + latency.BeforeMs, now);
    }

    /// <summary>Does everything that is due.</summary>
    public void Advance(DateTimeOffset now)
    {
        while (_agenda.TakeDue(Ms(now)) is { } due)
        {
            foreach (var step in due)
            {
                Do(step, now);
            }

            _agenda.Done(due);
        }
    }

    /// <summary>What came of a callback that was sent; whatever was not answered as agreed is sent again.</summary>
    public void Acknowledge(BankCallback callback, bool acknowledged, DateTimeOffset now)
    {
        if (acknowledged)
        {
            _journal?.Note(JournalEntry.Called(now, JournalEvent.CallbackAcknowledged, callback));
        }
        else if (_aftercare.Next(callback) is { } next)
        {
            Plan(StepKind.Send, next.What, Ms(now) + next.AfterMs, now);
        }
    }

    /// <summary>Learns from the journal what was true when the last process ended, and goes on from there.</summary>
    public void Restore(IEnumerable<JournalEntry> journal, DateTimeOffset now)
    {
        var forgotten = now.AddMinutes(-_options.RetentionMinutes);
        var open = new Dictionary<string, JournalEntry>();
        foreach (var entry in journal.Where(entry => entry.At >= forgotten))
        {
            if (entry.Event == JournalEvent.CallbackAcknowledged)
            {
                open.Remove(entry.Number);
            }
            else if (entry.Event.ToStanding() is { } standing)
            {
                var order = entry.Order();
                var record = new BankRecord(order, standing, _memory.ScenarioOf(order));
                _memory.Write(order, record, entry.At);
                if (_aftercare.IsNeeded(record))
                {
                    open[entry.Number] = entry;
                }
                else
                {
                    open.Remove(entry.Number);
                }
            }
        }

        foreach (var entry in open.Values)
        {
            var order = entry.Order();
            var record = _memory.Find(order.Number)!.Value;
            Follow(order, record, entry.At, Ms(entry.At), now);
        }
    }

    private void Do(in BankStep step, DateTimeOffset now)
    {
        switch (step.Kind)
        {
            case StepKind.Decide:
                Decide((BankCall)step.What, now);
                break;
            case StepKind.Answer:
                Answer((BankCall)step.What, now);
                break;
            case StepKind.Execute:
                var order = (BankRequest)step.What;
                Conclude(order, new BankRecord(order, Standing.Executed, _memory.ScenarioOf(order)), Ms(now), now);
                break;
            case StepKind.Reveal:
                _memory.Reveal((string)step.What);
                break;
            case StepKind.Send:
                var callback = (BankCallback)step.What;
                _journal?.Note(JournalEntry.Called(now, JournalEvent.CallbackSent, callback));
                _outlet.Send(callback);
                break;
            default:
                throw new InvalidOperationException($"a step that nobody knows: {step.Kind}");
        }
    }

    private void Plan(StepKind kind, object what, long atMs, DateTimeOffset now)
    {
        var step = new BankStep(kind, what);
        if (atMs <= Ms(now))
        {
            Do(step, now);
        }
        else
        {
            _agenda.Add(atMs, step);
        }
    }

    private long Ms(DateTimeOffset now) => (now - _opened).Ticks / TimeSpan.TicksPerMillisecond;
}
