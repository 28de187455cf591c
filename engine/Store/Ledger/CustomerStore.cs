using Npgsql;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.Ledger;

/// <summary>Customers and their classes (A12): a class is given for what is known of them.</summary>
public sealed class CustomerStore(NpgsqlDataSource database)
{
    /// <summary>His id; null when there is one with this number.</summary>
    public async Task<long?> RegisterAsync(string number, string name, bool faceToFace, string actor, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/account.register_customer"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = faceToFace });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
        Failpoints.Pass(Failpoint.BeforeAccountChanged);
        var registered = await command.ExecuteScalarAsync(cancellation) as long?;
        Failpoints.Pass(Failpoint.AfterAccountChanged);
        return registered;
    }

    public async Task<long?> FindIdAsync(string number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/account.customer_id"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    public Task<ClassResult> VerifyAsync(string number, string source, string actor, CancellationToken cancellation) => WithCustomerAsync(
        number,
        async (customer, connection) =>
        {
            await using var command = new NpgsqlCommand(Sql.Get("Ledger/account.verify_customer"), connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = customer.Id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
            await command.ExecuteNonQueryAsync(cancellation);
            return ClassResult.Done;
        },
        cancellation);

    public Task<ClassResult> SetClassAsync(string number, string to, string actor, CancellationToken cancellation) => WithCustomerAsync(
        number,
        async (customer, connection) =>
        {
            await using (var ask = new NpgsqlCommand(Sql.Get("Ledger/account.class"), connection))
            {
                ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = to });
                await using var row = await ask.ExecuteReaderAsync(cancellation);
                if (!await row.ReadAsync(cancellation))
                {
                    return ClassResult.NoSuchClass;
                }

                if (customer.Verifications < row.GetInt32(0) && !(customer.IsFaceToFace && row.GetBoolean(1)))
                {
                    return ClassResult.NotVerified;
                }
            }

            await using var command = new NpgsqlCommand(Sql.Get("Ledger/account.set_class"), connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = customer.Id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = to });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = customer.Class });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
            await command.ExecuteNonQueryAsync(cancellation);
            return ClassResult.Done;
        },
        cancellation);

    private async Task<ClassResult> WithCustomerAsync(
        string number, Func<Found, NpgsqlConnection, Task<ClassResult>> change, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await FindAsync(connection, number, cancellation) is not { } customer)
        {
            return ClassResult.Unknown;
        }

        var result = await change(customer, connection);
        if (result == ClassResult.Done)
        {
            Failpoints.Pass(Failpoint.BeforeAccountChanged);
            await transaction.CommitAsync(cancellation);
            Failpoints.Pass(Failpoint.AfterAccountChanged);
        }

        return result;
    }

    private static async Task<Found?> FindAsync(NpgsqlConnection connection, string number, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Ledger/account.find_customer"), connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new Found(row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3)) : null;
    }

    private sealed record Found(long Id, string Class, bool IsFaceToFace, int Verifications);
}

public enum ClassResult
{
    Done,
    Unknown,
    NoSuchClass,

    /// <summary>Too few have vouched for him.</summary>
    NotVerified,
}
