using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;

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

    /// <summary>A lower class is given at once, whoever vouched; a higher one needs a second person.</summary>
    public Task<ClassResult> LowerClassAsync(string number, string to, string reason, string actor, CancellationToken cancellation) => WithCustomerAsync(
        number,
        async (customer, connection) =>
            await NeedsAsync(connection, to, cancellation) is not { } needs ? ClassResult.NoSuchClass
            : KycClasses.IsRaise(customer.Standing.Class, to) ? ClassResult.SecondPersonNeeded
            : customer.Standing.Class != to ? await SetClassAsync(connection, customer, to, reason, actor, cancellation)
            : KycClasses.IsMet(needs, customer.Standing) ? ClassResult.Done
            : ClassResult.NotVerified,
        cancellation);

    /// <summary>What a second person has agreed to, if nothing of it has changed since it was asked for; done and marked as done in one commit.</summary>
    public Task<ClassResult> RaiseClassAsync(Proposal<ChangeContent> approved, PowerChange.CustomerClass change, CancellationToken cancellation) => WithCustomerAsync(
        change.Customer,
        async (customer, connection) =>
        {
            await using var last = connection.Statement("account.last_of_customer").With(change.Customer);
            if ((long)(await last.ExecuteScalarAsync(cancellation))! != approved.Content.Seen)
            {
                return ClassResult.ChangedMeanwhile;
            }

            if (await NeedsAsync(connection, change.To, cancellation) is not { } needs || !KycClasses.IsMet(needs, customer.Standing))
            {
                return ClassResult.NotVerified;
            }

            return await new NpgsqlCommand(Sql.Get("Proposals/change_request.apply"), connection).With(approved.Id.Value).RunAsync(cancellation) == 0
                ? ClassResult.AlreadySo
                : await SetClassAsync(connection, customer, change.To, approved.Content.Reason, approved.People, cancellation);
        },
        cancellation);

    private static async Task<ClassNeeds?> NeedsAsync(NpgsqlConnection connection, string of, CancellationToken cancellation) =>
        (await connection.Statement("account.class").With(of).ReadAsync(
            row => new ClassNeeds(of, row.GetInt32(0), row.GetBoolean(1)), cancellation)).SingleOrDefault();

    private static async Task<ClassResult> SetClassAsync(
        NpgsqlConnection connection, Found customer, string to, string reason, string actor, CancellationToken cancellation)
    {
        await connection.Statement("account.set_class").With(customer.Id).With(to).With(customer.Standing.Class).With(actor).With(reason).RunAsync(cancellation);
        return ClassResult.Done;
    }

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
        return await row.ReadAsync(cancellation) ? new Found(row.GetInt64(0), new CustomerStanding(row.GetString(1), row.GetInt32(3), row.GetBoolean(2))) : null;
    }

    private sealed record Found(long Id, CustomerStanding Standing);
}

public enum ClassResult
{
    Done,
    Unknown,
    NoSuchClass,

    /// <summary>It is done already.</summary>
    AlreadySo,

    /// <summary>Too few have vouched for him.</summary>
    NotVerified,

    /// <summary>It would raise his limit.</summary>
    SecondPersonNeeded,

    /// <summary>Whoever asked for it had not seen the last change.</summary>
    ChangedMeanwhile,
}
