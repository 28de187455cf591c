using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>A version of a template, and whose word it has.</summary>
public sealed record StoredTemplate(
    VoucherTemplate Template, string MadeBy, DateTimeOffset MadeAt, string? ApprovedBy, DateTimeOffset? ApprovedAt);

/// <summary>The versions of voucher templates; the highest that a second person approved is in force.</summary>
public sealed class TemplateStore(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="kind">Null for all.</param>
    public async Task<IReadOnlyList<StoredTemplate>> ListAsync(string? kind, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("GeneralLedger/voucher_template.all"));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)kind ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await ReadAllAsync(command, cancellation);
    }

    public async Task<StoredTemplate?> FindAsync(string kind, int version, CancellationToken cancellation)
    {
        await using var command = Command("one", kind, version);
        return (await ReadAllAsync(command, cancellation)).FirstOrDefault();
    }

    /// <summary>The next version of the kind, as a draft.</summary>
    public async Task<StoredTemplate> AddAsync(string kind, IReadOnlyList<TemplateLine> lines, string actor, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var hold = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher_template.lock"), connection))
        {
            await hold.ExecuteNonQueryAsync(cancellation);
        }

        await using var add = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher_template.add"), connection)
        {
            Parameters = { new() { Value = kind }, new() { Value = JsonSerializer.Serialize(lines, Json) }, new() { Value = actor } },
        };
        var added = (await ReadAllAsync(add, cancellation))[0];
        await transaction.CommitAsync(cancellation);
        return added;
    }

    /// <summary>Null when it is approved already, or is the approver's own.</summary>
    public async Task<StoredTemplate?> ApproveAsync(string kind, int version, string actor, CancellationToken cancellation)
    {
        await using var command = Command("approve", kind, version, actor);
        return (await ReadAllAsync(command, cancellation)).FirstOrDefault();
    }

    internal static async Task<IReadOnlyList<VoucherTemplate>> InForceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher_template.in_force"), connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var templates = new List<VoucherTemplate>();
        while (await rows.ReadAsync(cancellation))
        {
            templates.Add(ReadTemplate(rows));
        }

        return templates;
    }

    private NpgsqlCommand Command(string statement, params object[] values)
    {
        var command = database.CreateCommand(Sql.Get("GeneralLedger/voucher_template." + statement));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<List<StoredTemplate>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var templates = new List<StoredTemplate>();
        while (await rows.ReadAsync(cancellation))
        {
            templates.Add(new StoredTemplate(
                ReadTemplate(rows), rows.GetString(3), rows.GetMoment(4), rows.GetNullableString(5), rows.GetNullableMoment(6)));
        }

        return templates;
    }

    private static VoucherTemplate ReadTemplate(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), JsonSerializer.Deserialize<List<TemplateLine>>(row.GetString(2), Json)!);
}
