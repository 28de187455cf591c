using System.Text.Json;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;

namespace PaymentEngine.Bench.Ledger;

/// <summary>`./bench ledger`: postings of their own, vouchers, a day's closing. Exit code 0 only when the books are clean.</summary>
internal static class LedgerCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var options = LedgerBenchOptions.Parse(arguments);
        var directory = Directory.CreateTempSubdirectory("ledger-bench-");
        try
        {
            var figures = await new LedgerScenario(options, PostgresCluster.FromEnvironment(), directory.FullName, Console.Error).RunAsync(cancellation);
            if (options.JsonPath is { } path)
            {
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
            }

            Print(figures);
            return figures.BooksClean && figures.Refused == 0 ? 0 : 1;
        }
        finally
        {
            InstitutionFile.Delete(directory.FullName);
            directory.Delete(recursive: true);
        }
    }

    private static void Print(LedgerFigures figures)
    {
        var (full, even, waits, vouchers, closing) = (figures.AtFullLoad, figures.AtFiveThousand, figures.MachineAtFiveThousand, figures.Vouchers, figures.Closing);
        Console.WriteLine($"""
            postings of four legs {figures.PostingsPerSecond,8:0} /s   {figures.Options.Callers} callers, vouchers made beside them
            raw rows of the same  {figures.RawPostingsPerSecond,8:0} /s   one connection, 250 in a transaction, nothing decided
            milliseconds                                    p50      p99    p99.9      max       of
              at full load                            {full.P50,9:0.0}{full.P99,9:0.0}{full.P999,9:0.0}{full.Max,9:0.0}{full.Count,9}
              {figures.OfferedPerSecond:0} a second, open loop              {even.P50,9:0.0}{even.P99,9:0.0}{even.P999,9:0.0}{even.Max,9:0.0}{even.Count,9}   GC pauses {figures.GcPausePercent:0.0} %
              the machine meanwhile: wakes  {waits.Wakes.P50,8:0.0}{waits.Wakes.P99,9:0.0}{waits.Wakes.P999,9:0.0}{waits.Wakes.Max,9:0.0}{waits.Wakes.Count,9}   a thread that sleeps 1 ms comes so late
                                     syncs  {waits.Syncs.P50,8:0.0}{waits.Syncs.P99,9:0.0}{waits.Syncs.P999,9:0.0}{waits.Syncs.Max,9:0.0}{waits.Syncs.Count,9}   fdatasync of 8 kB on the same disk
            CPU µs a posting      engine and callers {figures.EngineCpuUs:0}, PostgreSQL {figures.PostgresCpuUs:0}, vouchers in both
            vouchers              {vouchers.BehindSeconds:0.0} s behind after {vouchers.OfferedPerSecond:0} postings a second; {vouchers.WaitingAfterFullLoad} to make after full load, made in {vouchers.GoneInSeconds:0.0} s
            day cut               {closing.Entries} entries closed {closing.Seconds:0.0} s after the turn; postings {closing.PostingsMeanwhile:0} /s meanwhile, {closing.PostingsBefore:0} /s before
            refused               {figures.Refused}
            books                 {(figures.BooksClean ? "clean" : "NOT CLEAN")}
            postings_per_s={figures.PostingsPerSecond:0} p50_ms={full.P50:0.0} p99_ms={full.P99:0.0}
            """);
    }
}
