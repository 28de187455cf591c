using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>Customers, what is known of them, and what they have used of their limits (A12), for people.</summary>
public sealed class CustomerReading(NpgsqlDataSource database)
{
    private const int MostChanges = 100;

    public async Task<CustomerRecord?> FindAsync(string number, CancellationToken cancellation)
    {
        if ((await database.Statement("customer_reading.read").With(number).ReadAsync(Read, cancellation)).SingleOrDefault() is not { } customer)
        {
            return null;
        }

        return customer with
        {
            Verifications = await database.Statement("customer_reading.verifications").With(customer.Id).ReadAsync(
                row => new VerificationRecord(row.GetString(0), row.GetMoment(1), row.GetString(2)), cancellation),
            Changes = await database.Statement("customer_reading.changes").With(customer.Id).With(MostChanges).ReadAsync(
                row => new ClassChangeRecord(row.GetString(0), row.GetString(1), row.GetNullableString(2), row.GetString(3), row.GetMoment(4)), cancellation),
        };
    }

    /// <summary>The last change of his class; 0 where there was none.</summary>
    public async Task<long> LastChangeAsync(string number, CancellationToken cancellation)
    {
        await using var last = database.Statement("account.last_of_customer").With(number);
        return (long)(await last.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>All classes, from the lowest.</summary>
    public Task<List<ClassRecord>> ClassesAsync(CancellationToken cancellation) => database.Statement("customer_reading.classes").ReadAsync(
        row => new ClassRecord(
            row.GetString(0), new Money(row.GetInt64(2), Currency.Parse(row.GetString(1))), row.GetString(3), row.GetBoolean(4), row.GetInt32(5), row.GetBoolean(6)),
        cancellation);

    private static CustomerRecord Read(NpgsqlDataReader row)
    {
        var currency = Currency.Parse(row.GetString(7));
        return new CustomerRecord(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(4), row.GetMoment(5), row.GetString(6),
            new ClassRecord(
                row.GetString(3), new Money(row.GetInt64(8), currency), row.GetString(9), row.GetBoolean(10), row.GetInt32(11), row.GetBoolean(12)),
            new Money(row.GetInt64(13), currency), new Money(row.GetInt64(14), currency), row.GetInt32(15));
    }
}

/// <param name="UsedOfYear">In the year <paramref name="Year"/>; nothing yet in any later one.</param>
public sealed record CustomerRecord(
    long Id, string Number, string Name, bool IsFaceToFace, DateTimeOffset RegisteredAt, string RegisteredBy, ClassRecord Class, Money UsedOfLife, Money UsedOfYear, int Year)
{
    public IReadOnlyList<VerificationRecord> Verifications { get; init; } = [];

    public IReadOnlyList<ClassChangeRecord> Changes { get; init; } = [];

    public CustomerStanding Standing => new(Class.Class, Verifications.Count, IsFaceToFace);
}

/// <param name="Verifications">How many it needs.</param>
/// <param name="FaceToFace">Whether being met stands for them.</param>
public sealed record ClassRecord(string Class, Money Limit, string Period, bool CountsOwn, int Verifications, bool FaceToFace)
{
    public ClassNeeds Needs => new(Class, Verifications, FaceToFace);
}

public sealed record VerificationRecord(string Source, DateTimeOffset At, string NotedBy);

/// <param name="Reason">Null in changes of a version that asked for none.</param>
public sealed record ClassChangeRecord(string From, string To, string? Reason, string By, DateTimeOffset At);
