using System.Data;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Store.Orders;

/// <summary>
/// Loads whole families. What is asked for at the same time is fetched together, one statement per level and day.
/// </summary>
public sealed class FamilyLoader : IAsyncDisposable
{
    private const int MaximumBatch = 256;

    private readonly NpgsqlDataSource _database;
    private readonly Channel<(OrderId Trade, TaskCompletionSource<TradeFamily?> Done)> _queue =
        Channel.CreateUnbounded<(OrderId, TaskCompletionSource<TradeFamily?>)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _loop;

    public FamilyLoader(NpgsqlDataSource database)
    {
        _database = database;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The family as last committed, or null when there is no such trade.</summary>
    public Task<TradeFamily?> LoadAsync(OrderId trade)
    {
        var done = new TaskCompletionSource<TradeFamily?>(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite((trade, done)), this);
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task LoopAsync()
    {
        var waiting = new List<(OrderId Trade, TaskCompletionSource<TradeFamily?> Done)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            waiting.Clear();
            while (waiting.Count < MaximumBatch && _queue.Reader.TryRead(out var request))
            {
                waiting.Add(request);
            }

            try
            {
                await AnswerAsync(waiting);
            }
            catch (Exception failure)
            {
                // Whoever asked learns it; the loader goes on with the next.
                waiting.ForEach(request => request.Done.TrySetException(failure));
            }
        }
    }

    private async Task AnswerAsync(List<(OrderId Trade, TaskCompletionSource<TradeFamily?> Done)> waiting)
    {
        await using var connection = await _database.OpenConnectionAsync();
        foreach (var ofDay in waiting.GroupBy(request => request.Trade.Day))
        {
            var families = await LoadDayAsync(connection, ofDay.Key, [.. ofDay.Select(request => request.Trade.Value).Distinct()]);
            var givenOut = new HashSet<OrderId>();
            foreach (var (trade, done) in ofDay)
            {
                if (!givenOut.Add(trade))
                {
                    // Two callers never share one mutable family: the second asks again, unless the loader has stopped.
                    if (!_queue.Writer.TryWrite((trade, done)))
                    {
                        done.TrySetException(new ObjectDisposedException(nameof(FamilyLoader)));
                    }

                    continue;
                }

                done.TrySetResult(families.GetValueOrDefault(trade));
            }
        }
    }

    private static async Task<Dictionary<OrderId, TradeFamily>> LoadDayAsync(NpgsqlConnection connection, DateOnly day, long[] trades)
    {
        // One snapshot for all levels: a commit in between would give a trade with the payments of its next version.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using var batch = new NpgsqlBatch(connection, snapshot);
        foreach (var level in (string[])["trade_order", "payment_order", "payment_instruction", "institution_order"])
        {
            var command = new NpgsqlBatchCommand(Sql.Get($"Orders/{level}.load", day));
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = trades, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            batch.BatchCommands.Add(command);
        }

        var families = new Dictionary<OrderId, TradeFamily>(trades.Length);
        try
        {
            await using var rows = await batch.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var family = new TradeFamily(TradeOrderRows.Read(rows));
                families.Add(family.Trade.Id, family);
            }

            await EachAsync(rows, families, family => family.Add(PaymentOrderRows.Read(rows, family.Trade.Amount.Currency)));
            await EachAsync(rows, families, family => family.Add(PaymentInstructionRows.Read(rows, family.Trade.Amount.Currency)));
            await EachAsync(rows, families, family => family.Add(InstitutionOrderRows.Read(rows, family)));
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No order was ever opened on such a day.
        }

        return families;
    }

    private static async Task EachAsync(NpgsqlDataReader rows, Dictionary<OrderId, TradeFamily> families, Action<TradeFamily> add)
    {
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            add(families[new OrderId(rows.GetInt64(0))]);
        }
    }
}
