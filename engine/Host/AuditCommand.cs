using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Store;
using PaymentEngine.Store.Alerts;
using PaymentEngine.Store.Audit;
using PaymentEngine.Store.Orders;

namespace PaymentEngine.Host;

/// <summary>Checks the books and says what was checked. Exit code 0 only when all is clean.</summary>
internal static class AuditCommand
{
    private const int Unclean = 1;

    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var connectionString = EngineHost.ConnectionStringOf(CommandSettings.Read(settings));
        var findings = await new BookAudit(connectionString).RunAsync(CancellationToken.None);
        foreach (var finding in findings)
        {
            Console.WriteLine($"{(finding.Wrong == 0 ? "ok   " : "WRONG")} {finding.Examined,11:N0}  {finding.Check}");
            if (finding.Wrong > 0)
            {
                Console.WriteLine($"      {finding.Wrong,11:N0}  are wrong, for example {finding.Example}");
            }
        }

        var wrong = findings.Count(finding => finding.Wrong > 0);
        Console.WriteLine(wrong == 0 ? $"The books are clean: {findings.Count} checks." : $"THE BOOKS ARE NOT CLEAN: {wrong} of {findings.Count} checks failed.");
        Console.WriteLine(await WaitingAsync(connectionString));
        if (wrong > 0)
        {
            await TryRaiseAsync(connectionString, findings);
        }

        return wrong == 0 ? 0 : Unclean;
    });

    /// <summary>An audit that runs by a timetable has no reader; an engine on this database tells what it found.</summary>
    private static async Task TryRaiseAsync(string connectionString, IEnumerable<Finding> findings)
    {
        await using var database = Database.ForReads(connectionString);
        var alerts = new AlertStore(database);
        try
        {
            foreach (var finding in findings.Where(finding => finding.Wrong > 0))
            {
                await alerts.RaiseAsync(
                    AlertKinds.BooksUnclean, AlertSeverity.Critical, finding.Check,
                    $"The audit found {finding.Wrong:N0} of {finding.Examined:N0} wrong, for example {finding.Example}", times: 1, CancellationToken.None);
            }
        }
        catch (NpgsqlException refused)
        {
            // Whoever audits may only be allowed to read; what was found counts for more.
            await Console.Error.WriteLineAsync($"payment-engine: no alert could be raised: {refused.Message}");
        }
    }

    /// <summary>Not wrong, but somebody's: clean books can hold money that waits for a person.</summary>
    private static async Task<string> WaitingAsync(string connectionString)
    {
        await using var database = Database.ForReads(connectionString);
        var open = await new WorkListStore(database).CountAsync(CancellationToken.None);
        return $"on the work list: {open.Items.Values.Sum():N0}{Kinds(open.Items)}, open differences: {open.Differences.Values.Sum():N0}{Kinds(open.Differences)}{Overdue(open.Overdue)}";
    }

    private static string Overdue(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? string.Empty : $", overdue in channel applications:{Kinds(counts)}";

    private static string Kinds(IReadOnlyDictionary<string, long> counts) =>
        counts.Count == 0 ? string.Empty : $" ({string.Join(", ", counts.Select(kind => $"{kind.Value:N0} {kind.Key}"))})";
}
