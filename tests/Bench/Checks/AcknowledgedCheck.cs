using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Bench.Cluster;

namespace PaymentEngine.Bench.Checks;

/// <summary>The promises given over HTTP against the books.</summary>
internal sealed record AcknowledgedFigures(long Trades, long NamedTwice, long Missing, long Unpaid)
{
    public bool Clean => Trades > 0 && NamedTwice == 0 && Missing == 0 && Unpaid == 0;
}

internal static class AcknowledgedCheck
{
    public static async Task<AcknowledgedFigures> RunAsync(NpgsqlDataSource database, IEnumerable<long> tradeIds, CancellationToken cancellation)
    {
        // One connection throughout: the table lives as long as its session.
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var create = new NpgsqlCommand(Statements.Named("acknowledged-table"), connection))
            await create.ExecuteNonQueryAsync(cancellation);
        await using (var copy = await connection.BeginBinaryImportAsync(Statements.Named("acknowledged-copy"), cancellation))
        {
            foreach (var tradeId in tradeIds)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(tradeId, NpgsqlDbType.Bigint, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await using var check = new NpgsqlCommand(Statements.Named("acknowledged-check"), connection) { CommandTimeout = 60 };
        await using var row = await check.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new AcknowledgedFigures(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
    }
}
