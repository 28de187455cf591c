using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Alerts;

namespace PaymentEngine.Store.Alerts;

/// <summary>Alerts: raised, folded so that what repeats is counted, told to each target by one node at a time, acknowledged.</summary>
public sealed class AlertStore(NpgsqlDataSource database)
{
    private const int FoldedAtOnce = 10_000;
    private const int ToldAtOnce = 10_000;
    private const int Listed = 500;

    public async Task RaiseAsync(string kind, AlertSeverity severity, string subject, string text, long times, CancellationToken cancellation)
    {
        await using var command = Command("raise", kind, severity.ToString(), subject, text, times);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Gathers what was raised; returns the alerts that this opened.</summary>
    public async Task<IReadOnlyList<Alert>> FoldAsync(CancellationToken cancellation)
    {
        await using var command = Command("fold", FoldedAtOnce);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var opened = new List<Alert>();
        while (await rows.ReadAsync(cancellation))
        {
            if (rows.GetBoolean(8))
            {
                opened.Add(Read(rows));
            }
        }

        return opened;
    }

    public async Task KnowTargetAsync(string target, CancellationToken cancellation)
    {
        await using var command = Command("know_target", target);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What the target is to be told now, the gravest first.</summary>
    /// <param name="gather">An alert is this old before it is told, so that those which come together are told together.</param>
    /// <param name="quiet">What the target has heard, and what has come again since, is told again after this time.</param>
    public async Task<IReadOnlyList<Alert>> DueAsync(
        string target, AlertSeverity least, TimeSpan gather, TimeSpan quiet, CancellationToken cancellation)
    {
        var severities = Enum.GetValues<AlertSeverity>().Where(severity => severity >= least).Select(severity => severity.ToString()).ToArray();
        await using var command = Command("due", target, severities, gather, quiet, ToldAtOnce);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var due = new List<Alert>();
        while (await rows.ReadAsync(cancellation))
        {
            due.Add(Read(rows));
        }

        return due;
    }

    /// <summary>Null when another node tells this target something, or its time has not come.</summary>
    public async Task<TargetClaim?> ClaimAsync(string target, TimeSpan lease, CancellationToken cancellation)
    {
        await using var command = Command("claim", target, lease);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new TargetClaim(target, row.GetInt64(0), row.GetInt32(1)) : null;
    }

    /// <param name="gap">Until this is over the target is left in peace; what comes meanwhile is told at once then.</param>
    public async Task ToldAsync(TargetClaim claim, IReadOnlyList<Alert> heard, TimeSpan gap, CancellationToken cancellation)
    {
        await using var command = Command(
            "told", claim.Target, claim.Token, heard.Select(alert => alert.Id).ToArray(), heard.Select(alert => alert.Times).ToArray(), gap);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task FailedAsync(TargetClaim claim, string error, TimeSpan pause, CancellationToken cancellation)
    {
        await using var command = Command("failed", claim.Target, claim.Token, pause, error);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The open ones, or all; the gravest first.</summary>
    public async Task<IReadOnlyList<ListedAlert>> ListAsync(bool all, CancellationToken cancellation)
    {
        await using var command = Command("list", all, Listed);
        return await ReadListedAsync(command, cancellation);
    }

    public async Task<IReadOnlyList<AlertTargetState>> TargetsAsync(CancellationToken cancellation)
    {
        await using var command = Command("targets");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var targets = new List<AlertTargetState>();
        while (await rows.ReadAsync(cancellation))
        {
            targets.Add(new AlertTargetState(
                rows.GetString(0), rows.GetInt32(1), rows.GetNullableString(2), rows.GetNullableMoment(3), rows.GetMoment(4)));
        }

        return targets;
    }

    /// <summary>The alert as it is now; null when there is none.</summary>
    public async Task<ListedAlert?> AcknowledgeAsync(long id, string actor, CancellationToken cancellation)
    {
        await using (var acknowledge = Command("acknowledge", id, actor))
        {
            await acknowledge.ExecuteNonQueryAsync(cancellation);
        }

        await using var one = Command("one", id);
        return (await ReadListedAsync(one, cancellation)).SingleOrDefault();
    }

    private static async Task<List<ListedAlert>> ReadListedAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var listed = new List<ListedAlert>();
        while (await rows.ReadAsync(cancellation))
        {
            var moments = rows.GetFieldValue<DateTime[]>(11);
            listed.Add(new ListedAlert(
                Read(rows),
                rows.GetNullableMoment(8),
                rows.GetNullableString(9),
                [.. rows.GetFieldValue<string[]>(10).Select((target, i) => new Heard(target, new DateTimeOffset(moments[i])))]));
        }

        return listed;
    }

    private static Alert Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        Enum.Parse<AlertSeverity>(row.GetString(2)),
        row.GetString(3),
        row.GetString(4),
        row.GetInt64(5),
        row.GetMoment(6),
        row.GetMoment(7));

    private NpgsqlCommand Command(string statement, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(Sql.Get($"Alerts/alert.{statement}"));
        foreach (var value in values)
        {
            command.Parameters.Add(value is TimeSpan span
                ? new NpgsqlParameter { Value = span, NpgsqlDbType = NpgsqlDbType.Interval }
                : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>This node may tell the target something, until its lease ends.</summary>
/// <param name="Failures">Attempts in a row that came to nothing.</param>
public sealed record TargetClaim(string Target, long Token, int Failures);

/// <param name="Heard">Which targets have been told of it, and when last.</param>
public sealed record ListedAlert(Alert Alert, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, IReadOnlyList<Heard> Heard);

public sealed record Heard(string Target, DateTimeOffset At);

/// <param name="DueAt">Before this moment it is told nothing.</param>
public sealed record AlertTargetState(string Name, int Failures, string? LastError, DateTimeOffset? LastToldAt, DateTimeOffset DueAt);
