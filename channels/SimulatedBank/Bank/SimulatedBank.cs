namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// The institution in the real world: one lock around <see cref="BankCore"/>, one timer that wakes it, and its journal.
/// No answer and no callback leaves before the journal holds the lines that it rests on, so after the death of the
/// process the next one finds the same truth.
/// </summary>
public sealed class SimulatedBank : IBankOutlet, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _opened;
    private readonly long _openedTimestamp;
    private readonly BankCore _core;
    private readonly JournalWriter? _journal;
    private readonly Func<BankCallback, Task<bool>>? _sendCallback;
    private readonly ITimer _timer;
    private List<object> _outgoing = [];
    private DateTimeOffset _wakeAt = DateTimeOffset.MaxValue;
    private bool _isClosed;

    internal SimulatedBank(SimulatorOptions options, TimeProvider clock, JournalWriter? journal, Func<BankCallback, Task<bool>>? sendCallback = null)
    {
        _clock = clock;
        _opened = clock.GetUtcNow();
        _openedTimestamp = clock.GetTimestamp();
        _journal = journal;
        _sendCallback = sendCallback;
        _core = new BankCore(options, _opened, this, journal, callsBack: sendCallback is not null);
        _timer = clock.CreateTimer(static bank => ((SimulatedBank)bank!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Opens the institution with the truth of its journal, if it has one.</summary>
    /// <param name="sendCallback">
    /// Takes callbacks, says whether they were answered as agreed, and never throws; without one nobody is called back.
    /// </param>
    public static SimulatedBank Open(SimulatorOptions options, TimeProvider clock, Func<BankCallback, Task<bool>>? sendCallback = null)
    {
        if (options.JournalPath is not { } path)
        {
            return new SimulatedBank(options, clock, journal: null, sendCallback);
        }

        var bank = new SimulatedBank(options, clock, JournalWriter.Open(path), sendCallback);
        lock (bank._gate)
        {
            bank._core.Restore(JournalLines.Read(path), bank.Now());
            bank.Release();
        }

        return bank;
    }

    /// <summary>Takes an order; some are never answered.</summary>
    public Task<BankAnswer> PayAsync(BankRequest order) => CallAsync(new PendingCall(order));

    /// <summary>Takes an order that gives money back.</summary>
    public Task<BankAnswer> RefundAsync(BankRequest order) => CallAsync(new PendingCall(order));

    /// <summary>Looks the number up in the books and changes nothing there.</summary>
    public Task<BankAnswer> QueryAsync(string number, int channel) => CallAsync(new PendingCall(number, channel));

    void IBankOutlet.Answer(BankCall call, BankAnswer? answer)
    {
        ((PendingCall)call).Words = answer;
        _outgoing.Add(call);
    }

    void IBankOutlet.Send(BankCallback callback) => _outgoing.Add(callback);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        await _timer.DisposeAsync();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }
    }

    internal Task<BankAnswer> CallAsync(PendingCall call)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.FromException<BankAnswer>(new ObjectDisposedException(nameof(SimulatedBank), "the institution is closed"));
            }

            _core.Receive(call, Now());
            Release();
        }

        return call.Task;
    }

    /// <summary>Turned away at the door: only the journal learns of it.</summary>
    internal Task DropAsync(BankCall call) => NoteAsync(JournalEntry.Dropped(Now(), call.Number, call.Channel));

    internal Task NoteKeyRotatedAsync() => NoteAsync(JournalEntry.KeyRotated(Now()));

    private Task NoteAsync(JournalEntry entry)
    {
        _journal?.Note(entry);
        return _journal?.Flush() ?? Task.CompletedTask;
    }

    /// <summary>The wall clock as it was at the start, moved on by one that nobody sets.</summary>
    private DateTimeOffset Now() => _opened + _clock.GetElapsedTime(_openedTimestamp);

    private void Wake()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _wakeAt = DateTimeOffset.MaxValue;
                _core.Advance(Now());
                Release();
                _ = _journal?.Flush();
            }
        }
    }

    /// <summary>Sets the alarm for what is planned, and lets out what was said once the journal is written.</summary>
    private void Release()
    {
        if (_core.NextDue is { } due && due < _wakeAt)
        {
            _wakeAt = due;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - Now()).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        }

        if (_outgoing.Count == 0)
        {
            return;
        }

        var outgoing = _outgoing;
        _outgoing = [];
        var written = _journal?.Flush() ?? Task.CompletedTask;
        if (written.IsCompleted)
        {
            LetOut(outgoing, written);
        }
        else
        {
            written.ContinueWith(
                _ => LetOut(outgoing, written), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void LetOut(List<object> outgoing, Task written)
    {
        foreach (var what in outgoing)
        {
            if (written.Exception is { } broken)
            {
                (what as PendingCall)?.Break(broken.GetBaseException());
            }
            else if (what is BankCallback callback)
            {
                _ = CallBackAsync(callback);
            }
            else
            {
                ((PendingCall)what).LetOut();
            }
        }
    }

    private async Task CallBackAsync(BankCallback callback)
    {
        // We may be inside the lock; whoever takes callbacks is not to hold it.
        await Task.Yield();
        var acknowledged = await _sendCallback!(callback);
        lock (_gate)
        {
            if (!_isClosed)
            {
                _core.Acknowledge(callback, acknowledged, Now());
                Release();
                _ = _journal?.Flush();
            }
        }
    }
}
