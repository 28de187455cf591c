using System.Text.Json;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;

namespace PaymentEngine.Bench.InProcess;

/// <summary>`./bench engine`: the engine without HTTP. Exit code 0 only when the books are clean.</summary>
internal static class InProcessCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var options = InProcessOptions.Parse(arguments);
        var directory = Directory.CreateTempSubdirectory("payment-bench-");
        try
        {
            var figures = await new InProcessScenario(options, PostgresCluster.FromEnvironment(), directory.FullName, Console.Error).RunAsync(cancellation);
            if (options.JsonPath is { } path)
            {
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
            }

            Print(figures);
            return figures.BooksClean ? 0 : 1;
        }
        finally
        {
            InstitutionFile.Delete(directory.FullName);
            directory.Delete(recursive: true);
        }
    }

    private static void Print(InProcessFigures figures)
    {
        Console.WriteLine($"""
            {figures.Payments:N0} payments in {figures.Seconds:0} s, {figures.Options.Callers} callers, {figures.TurnedAway} turned away
            CPU per payment      engine and callers {figures.EngineCpuUs:0} µs, PostgreSQL {figures.PostgresCpuUs:0} µs
            per payment          {figures.AllocatedBytes / 1000:0.0} kB allocated, {figures.RowsWritten:0.0} rows written, {figures.WalBytes / 1000:0.0} kB of WAL
            commits              {figures.CommitsPerSecond:0} a second, {figures.UnitsPerCommit:0} units in each
            GC pauses            {figures.GcPausePercent:0.0} % of the time
            working set          {string.Join(' ', figures.WorkingSetMegabytes)} MB, every 5 s
            books                {(figures.BooksClean ? "clean" : "NOT CLEAN")}
            payments_per_s={figures.PaymentsPerSecond:0} tpcb={figures.TpcbPerSecond:0} ratio={figures.Ratio:0.00}
            """);
    }
}
