using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>Reads how payments were booked, for whoever decides to give one back.</summary>
public sealed class BookedPayments(NpgsqlDataSource database)
{
    /// <summary>Null when it has not been posted.</summary>
    public async Task<BookedPayment?> FindAsync(OrderId payment, Currency currency, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/booked_payment.find"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = payment.Value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new BookedPayment(row.GetFieldValue<DateOnly>(0), new Money(row.GetInt64(1), currency), row.GetFieldValue<DateOnly>(2))
            : null;
    }
}
