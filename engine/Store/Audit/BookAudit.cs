using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Store.Closing;

namespace PaymentEngine.Store.Audit;

/// <summary>Checks the books of a database in SQL, in one snapshot, also while payments go on.</summary>
public sealed partial class BookAudit(string connectionString)
{
    private const string File = "Audit/audit";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var once = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(once.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await using (var settings = new NpgsqlCommand("set local work_mem = '256MB'; set local jit = off; set transaction read only", connection))
        {
            await settings.ExecuteNonQueryAsync(cancellation);
        }

        return await LookAsync(connection, cancellation);
    }

    /// <summary>In whatever transaction the connection is.</summary>
    internal static async Task<IReadOnlyList<Finding>> LookAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in Sql.NamesIn(File))
        {
            await using var command = new NpgsqlCommand(Sql.Get($"{File}.{check}"), connection) { CommandTimeout = 0 };
            await using var row = await command.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            findings.Add(new Finding(check, row.GetInt64(0), row.GetInt64(1), row.GetNullableString(2) is { } example ? NumbersIn(example) : null));
        }

        findings.Add(await DayCertificates.VerifyAsync(connection, cancellation));
        return findings;
    }

    /// <summary>As people can look them up. What is damaged may be an id that has no number.</summary>
    private static string NumbersIn(string example) => Id().Replace(example, static id =>
    {
        var (letter, value) = (id.Groups["letter"].Value, long.Parse(id.Groups["id"].ValueSpan, CultureInfo.InvariantCulture));
        return value >= 0 && new OrderId(value) is { Sequence: > 0 } order ? letter + LedgerNumber.OfItem(order) : $"{letter}{value}";
    });

    [GeneratedRegex(@"\{(?<letter>[A-Z]?)(?<id>-?\d+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}

/// <param name="Check">What must be true, as a sentence.</param>
/// <param name="Examined">How many things were looked at.</param>
/// <param name="Wrong">Of how many it is not true.</param>
/// <param name="Example">One of them.</param>
public sealed record Finding(string Check, long Examined, long Wrong, string? Example);
