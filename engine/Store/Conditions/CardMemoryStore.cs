using Npgsql;

namespace PaymentEngine.Store.Conditions;

/// <summary>What was written of cards since some time ago.</summary>
/// <param name="Horizon">Where the next reading begins.</param>
public sealed record CardNews(long Horizon, IReadOnlyList<FailedCard> Failed, IReadOnlyList<SpentCard> Spent);

public readonly record struct FailedCard(string Card, string Channel, DateTimeOffset Until);

public readonly record struct SpentCard(string Card, DateTimeOffset Until);

/// <summary>What commits remember of cards (C9), as nodes read it.</summary>
public sealed class CardMemoryStore(NpgsqlDataSource database)
{
    private const int ForgottenAtOnce = 10_000;

    /// <param name="horizon">Of the reading before; zero for everything that still counts.</param>
    public async Task<CardNews> ReadAsync(long horizon, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);

        // First of all: whatever is not in sight of what follows is not behind it.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Conditions/card_memory.horizon")));
        batch.BatchCommands.Add(Since("failed", horizon, now));
        batch.BatchCommands.Add(Since("spent", horizon, now));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var next = rows.GetInt64(0);
        await rows.NextResultAsync(cancellation);
        var failed = new List<FailedCard>();
        while (await rows.ReadAsync(cancellation))
        {
            failed.Add(new FailedCard(rows.GetString(0), rows.GetString(1), rows.GetMoment(2)));
        }

        await rows.NextResultAsync(cancellation);
        var spent = new List<SpentCard>();
        while (await rows.ReadAsync(cancellation))
        {
            spent.Add(new SpentCard(rows.GetString(0), rows.GetMoment(1)));
        }

        return new CardNews(next, failed, spent);
    }

    /// <summary>Takes away what counts no more, in portions.</summary>
    public async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var statement in (string[])["forget_failed", "forget_spent"])
        {
            for (var gone = ForgottenAtOnce; gone == ForgottenAtOnce;)
            {
                await using var command = database.CreateCommand(Sql.Get($"Conditions/card_memory.{statement}"));
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ForgottenAtOnce });
                gone = await command.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    private static NpgsqlBatchCommand Since(string statement, long horizon, DateTimeOffset now) => new(Sql.Get($"Conditions/card_memory.{statement}"))
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = horizon.ToString() },
            new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
        },
    };
}
