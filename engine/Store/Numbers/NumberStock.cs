using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Numbers;

/// <summary>What a node has in hand of the numbers of one scope and day.</summary>
/// <param name="capacity">The last number that the scope can write.</param>
internal sealed class NumberStock(NpgsqlDataSource database, string scope, DateOnly day, DateTimeOffset dayBegins, long capacity)
{
    private const int LargestBlock = 100_000;

    /// <summary>No decision takes more identities than this.</summary>
    private const int MostPerDecision = 64;

    /// <summary>Enough for every thread that may be in the middle of a decision; of short numbers there is not that much.</summary>
    private readonly long _enough = Math.Min(32 * MostPerDecision, capacity / 64);

    private readonly BlockSequence _sequence = new();
    private readonly Lock _gate = new();
    private long _blockSize = Math.Min(1_000, capacity / 64);
    private volatile bool _exhausted;
    private Task? _fill;

    /// <summary>The database has no more for this day.</summary>
    public bool IsExhausted => _exhausted;

    public bool TryNext(out long number) => _sequence.TryNext(out number);

    /// <summary>
    /// False when a decision must not start yet. Fetches the next block behind everybody's back before it comes to
    /// that. Where there are no more numbers nobody waits for them: whoever needs one is told, the others go on.
    /// </summary>
    public bool IsReady()
    {
        var remaining = _sequence.Remaining;
        if (_exhausted)
        {
            return true;
        }

        if (remaining <= _enough)
        {
            return false;
        }

        if (remaining < Volatile.Read(ref _blockSize) / 2)
        {
            _ = FillAsync();
        }

        return true;
    }

    /// <summary>One fetch at a time, whoever asks. If it fails, those who wait for it are told, and the next asks again.</summary>
    public Task FillAsync()
    {
        lock (_gate)
        {
            return _fill is { IsCompleted: false } ? _fill : _fill = FetchAsync();
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            await TakeAsync();
        }
        catch (NpgsqlException)
        {
            // A whole crowd may wait for this, and one broken connection says little. What a lost answer took is a gap.
            await TakeAsync();
        }
    }

    private async Task TakeAsync()
    {
        // Blocks grow with demand, so that a quiet channel with short numbers wastes little at a restart.
        var size = Math.Min(_blockSize * 4, Math.Min(LargestBlock, Math.Max(1, capacity / 16)));
        await using var take = database.CreateCommand(Sql.Get("Numbers/numbers.take"));
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = scope });
        take.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = dayBegins.UtcDateTime });
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = capacity });
        take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = size });
        Failpoints.Pass(Failpoint.BeforeNumbers);
        await using var block = await take.ExecuteReaderAsync();
        await block.ReadAsync();
        Failpoints.Pass(Failpoint.AfterNumbers);
        var (first, taken) = (block.GetInt64(0), block.GetInt64(1));
        if (taken == 0)
        {
            _exhausted = true;
            return;
        }

        _sequence.Add(first, first + taken);
        Volatile.Write(ref _blockSize, size);
    }
}
