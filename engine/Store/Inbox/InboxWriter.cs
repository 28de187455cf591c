using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Inbox;

/// <summary>
/// Stores callbacks, many in one transaction. A callback that comes alone is not kept waiting; those that come close
/// behind it share the next transaction.
/// </summary>
public sealed class InboxWriter : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly InboxOptions _options;
    private readonly ILogger<InboxWriter> _log;
    private readonly Channel<Pending> _queue;
    private readonly Task _loop;

    private readonly DayRows<NewCallback> _rows = CallbackRows.Stored();

    public InboxWriter(NpgsqlDataSource database, InboxOptions options, ILogger<InboxWriter> log)
    {
        (_database, _options, _log) = (database, options, log);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>True when it is durable. False when nobody can say that it is, or too many wait: whoever called has to call again.</summary>
    public Task<bool> StoreAsync(NewCallback callback)
    {
        var pending = new Pending(callback);
        return _queue.Writer.TryWrite(pending) ? pending.IsDurable : Task.FromResult(false);
    }

    /// <summary>Takes no more, stores what waits, and returns when all is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        var batch = new List<Pending>();
        var tempo = new Tempo(_options.Pace);
        while (await _queue.Reader.WaitToReadAsync())
        {
            await tempo.NextAsync(fullIsWaiting: _queue.Reader.Count >= _options.MaximumBatch);
            batch.Clear();
            while (batch.Count < _options.MaximumBatch && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(IReadOnlyList<Pending> batch)
    {
        try
        {
            await WriteAsync(batch);
            Answer(batch, isDurable: true);
        }
        catch (Exception refused) when (batch.Count > 1 && IsGuiltOfOne(refused))
        {
            foreach (var pending in batch)
            {
                await StoreAsync([pending]);
            }
        }
        catch (Exception failure)
        {
            // It may be stored all the same; then it is handled, and what comes when it is sent again is a repeat.
            _log.LogError(failure, "{Callbacks} callbacks, the first of them {Callback}, are not known to be stored", batch.Count, batch[0].Callback.Id);
            Answer(batch, isDurable: false);
        }
    }

    private async Task WriteAsync(IReadOnlyList<Pending> pendings)
    {
        _rows.Clear();
        foreach (var pending in pendings)
        {
            _rows.Add(pending.Callback);
        }

        await using var connection = await _database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        _rows.AddTo(batch, () => new NpgsqlParameter<TimeSpan> { TypedValue = _options.Grace, NpgsqlDbType = NpgsqlDbType.Interval });
        Failpoints.Pass(Failpoint.BeforeCallbackStored);
        await batch.ExecuteNonQueryAsync();
        Failpoints.Pass(Failpoint.AfterCallbackStored);
    }

    /// <summary>The database was there, and one of the callbacks cannot be written; it must not take the others with it.</summary>
    private static bool IsGuiltOfOne(Exception failure) => failure switch
    {
        PostgresException refusal => DatabaseErrors.IsGuiltOfOneUnit(refusal),
        NpgsqlException or IOException or TimeoutException => false,
        _ => true,
    };

    private static void Answer(IReadOnlyList<Pending> batch, bool isDurable)
    {
        foreach (var pending in batch)
        {
            pending.Answer(isDurable);
        }
    }

    private sealed class Pending(NewCallback callback)
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public NewCallback Callback { get; } = callback;

        public Task<bool> IsDurable => _done.Task;

        public void Answer(bool isDurable) => _done.TrySetResult(isDurable);
    }
}
