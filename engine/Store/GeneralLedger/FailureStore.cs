using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>A posting that has no voucher, and why.</summary>
public sealed record VoucherFailure(long PostingId, DateOnly PostingDate, string Kind, string Reason, DateTimeOffset FailedAt, int Attempts);

public sealed class FailureStore(NpgsqlDataSource database)
{
    /// <summary>In the order of their postings.</summary>
    public async Task<IReadOnlyList<VoucherFailure>> ListAsync(long after, int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("GeneralLedger/voucher_failure.list"));
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var failures = new List<VoucherFailure>();
        while (await rows.ReadAsync(cancellation))
        {
            failures.Add(new VoucherFailure(
                rows.GetInt64(0), rows.GetFieldValue<DateOnly>(1), rows.GetString(2), rows.GetString(3), rows.GetMoment(4), rows.GetInt32(5)));
        }

        return failures;
    }
}
