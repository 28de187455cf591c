namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// The institution itself: what truly happens to an order, whoever waits for the answer. It executes every number at
/// most once. No answer leaves before the journal holds the lines that it rests on, so after the death of the process
/// the next one finds the same truth.
/// </summary>
public sealed class SimulatedBank : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _clock;
    private readonly BankBooks _books;
    private readonly SharedDelays _delays;
    private readonly JournalWriter? _journal;

    internal SimulatedBank(SimulatorOptions options, TimeProvider clock, JournalWriter? journal)
    {
        _options = options;
        _clock = clock;
        _books = new BankBooks(TimeSpan.FromMinutes(options.RetentionMinutes));
        _delays = new SharedDelays(clock);
        _journal = journal;
    }

    /// <summary>Opens the institution with the truth of its journal, if it has one.</summary>
    public static SimulatedBank Open(SimulatorOptions options, TimeProvider clock)
    {
        if (options.JournalPath is not { } path)
        {
            return new SimulatedBank(options, clock, journal: null);
        }

        var bank = new SimulatedBank(options, clock, JournalWriter.Open(path));
        bank.ReadBooks(path);
        return bank;
    }

    /// <summary>Takes an order. It cannot be called back, so there is nothing to cancel; some are never answered.</summary>
    public async Task<BankAnswer> PayAsync(BankRequest request)
    {
        if (TurnAway(request) is { } written)
        {
            await written;
            return new BankAnswer(BankStatus.Refused);
        }

        var latency = BankLatency.Of(request.Number, _options);
        var start = _delays.NowMs;
        await _delays.Until(start + latency.BeforeMs);
        if (Decide(request) is not { } answer)
        {
            return await new TaskCompletionSource<BankAnswer>().Task;
        }

        await _delays.Until(start + latency.TotalMs);
        await NoteAnswer(request, answer);
        return answer;
    }

    /// <summary>Looks the number up in the books and changes nothing there.</summary>
    public async Task<BankAnswer> QueryAsync(string number, int channel)
    {
        var latency = BankLatency.Of(number, _options);
        var start = _delays.NowMs;
        await _delays.Until(start + latency.BeforeMs);
        var (answer, written) = LookUp(number, channel);
        await _delays.Until(start + latency.TotalMs);
        await written;
        return answer;
    }

    public ValueTask DisposeAsync() => _journal?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Notes the order's arrival, or shuts the door in front of it.</summary>
    private Task? TurnAway(BankRequest request)
    {
        lock (_gate)
        {
            if (BankRules.TurnsAway(_books.Find(request.Number), request))
            {
                return Book(request, Standing.Refused);
            }

            _journal?.Note(JournalEntry.Received(_clock.GetUtcNow(), request));
            return null;
        }
    }

    private BankAnswer? Decide(BankRequest request)
    {
        lock (_gate)
        {
            var decision = BankRules.Pay(_books.Find(request.Number), request);
            if (decision.Booked is { } standing)
            {
                // Not awaited: the answer waits for its own line, which comes behind this one.
                _ = Book(request, standing);
            }

            return decision.Answer;
        }
    }

    private (BankAnswer Answer, Task Written) LookUp(string number, int channel)
    {
        lock (_gate)
        {
            var entry = JournalEntry.Queried(_clock.GetUtcNow(), number, channel);
            return (BankRules.Query(_books.Find(number), number), _journal?.Append(entry) ?? Task.CompletedTask);
        }
    }

    private Task NoteAnswer(BankRequest request, in BankAnswer answer) =>
        _journal?.Append(JournalEntry.Answered(_clock.GetUtcNow(), request, answer)) ?? Task.CompletedTask;

    /// <summary>Books and journal change under one lock, so that they agree on what came first.</summary>
    private Task Book(BankRequest request, Standing standing)
    {
        var now = _clock.GetUtcNow();
        var record = new BankRecord(request, standing);
        _books.Put(request.Number, record, now);
        var written = _journal?.Append(JournalEntry.Booked(now, standing, request)) ?? Task.CompletedTask;
        if (record.WillBeExecuted)
        {
            // Last, since without a delay it is executed here and now.
            ExecuteLater(request, now);
        }

        return written;
    }

    private void ExecuteLater(BankRequest request, DateTimeOffset accepted)
    {
        var wait = accepted.AddMilliseconds(_options.AcceptDelayMs) - _clock.GetUtcNow();
        _delays.At(_delays.NowMs + (long)wait.TotalMilliseconds, () => ExecuteAccepted(request));
    }

    private void ExecuteAccepted(BankRequest request)
    {
        lock (_gate)
        {
            _ = Book(request, Standing.Executed);
        }
    }

    /// <summary>Learns from the journal what was true when the last process ended, and goes on from there.</summary>
    private void ReadBooks(string path)
    {
        var forgotten = _clock.GetUtcNow().AddMinutes(-_options.RetentionMinutes);
        var accepted = new Dictionary<string, JournalEntry>();
        foreach (var entry in JournalLines.Read(path))
        {
            if (entry.Event.ToStanding() is not { } standing || entry.At < forgotten)
            {
                continue;
            }

            var record = new BankRecord(entry.Order(), standing);
            _books.Put(entry.Number, record, entry.At);
            if (record.WillBeExecuted)
            {
                accepted[entry.Number] = entry;
            }
            else
            {
                accepted.Remove(entry.Number);
            }
        }

        foreach (var entry in accepted.Values)
        {
            ExecuteLater(entry.Order(), entry.At);
        }
    }
}
