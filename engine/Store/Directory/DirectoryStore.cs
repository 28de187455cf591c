using System.Collections.Frozen;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Store.Codes;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Store.Directory;

/// <summary>Reads the directory as one consistent snapshot. A row that cannot be read stands as it was known before.</summary>
/// <param name="adapters">The names of those that this build has.</param>
public sealed class DirectoryStore(NpgsqlDataSource database, BusinessCalendar calendar, SecretBox secrets, AdapterNames adapters)
{
    /// <param name="before">What this node knew until now; null at its start.</param>
    public async Task<DirectorySnapshot> LoadAsync(EngineDirectory? before, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var rows = new RowReading(connection);
        var directory = new DirectoryReading(rows, before, calendar, secrets, adapters);
        var latest = await directory.ReadAsync(cancellation);
        var keys = await rows.AllAsync(
            "Directory/directory.api_keys", row => (Hash: Convert.ToHexString(row.GetFieldValue<byte[]>(0)), Merchant: row.GetInt32(1)), cancellation);
        var operators = await rows.AllAsync(
            "Directory/directory.ops_keys",
            row => (Hash: Convert.ToHexString(row.GetFieldValue<byte[]>(0)), Operator: new Operator(row.GetString(1), ReadRoles(row.GetFieldValue<string[]>(2)))),
            cancellation);
        var codes = new ResultCodeTable(
            await rows.AllAsync("Codes/result_code.all", ResultCodeStore.ReadCode, cancellation),
            await rows.AllAsync("Codes/result_code.messages", ResultCodeStore.ReadMessage, cancellation));
        return new DirectorySnapshot(
            latest,
            keys.Where(key => latest.FindMerchant(key.Merchant) is not null).ToFrozenDictionary(key => key.Hash, key => latest.Merchant(key.Merchant)),
            operators.ToFrozenDictionary(key => key.Hash, key => key.Operator),
            codes,
            rows.Faults);
    }

    private static OperatorRoles ReadRoles(string[] names) =>
        names.Aggregate(OperatorRoles.None, (roles, name) => roles | Enum.Parse<OperatorRoles>(name, ignoreCase: true));
}

/// <summary>The adapters of this build, by the names under which channels are configured.</summary>
public sealed record AdapterNames(IReadOnlyCollection<string> Names);

/// <param name="ByKeyHash">Merchants by the SHA-256 of their API key, in hexadecimal.</param>
/// <param name="OperatorByKeyHash">People and programs of operations, likewise.</param>
/// <param name="Faults">The rows that could not be read.</param>
public sealed record DirectorySnapshot(
    EngineDirectory Directory,
    FrozenDictionary<string, Merchant> ByKeyHash,
    FrozenDictionary<string, Operator> OperatorByKeyHash,
    ResultCodeTable Codes,
    IReadOnlyList<DirectoryFault> Faults);
