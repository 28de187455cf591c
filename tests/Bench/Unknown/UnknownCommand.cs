using System.Text.Json;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;

namespace PaymentEngine.Bench.Unknown;

/// <summary>`./bench unknown`: what a crowd of unknown outcomes does to new payments. Exit code 0 only when every check is clean.</summary>
internal static class UnknownCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var options = UnknownOptions.Parse(arguments);
        var directory = Directory.CreateTempSubdirectory("payment-bench-");
        try
        {
            var figures = await new UnknownScenario(options, PostgresCluster.FromEnvironment(), directory.FullName, Console.Error).RunAsync(cancellation);
            if (options.JsonPath is { } path)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
            Print(figures);
            return figures.Clean ? 0 : 1;
        }
        finally
        {
            InstitutionFile.Delete(directory.FullName);
            directory.Delete(recursive: true);
        }
    }

    private static void Print(UnknownFigures figures)
    {
        var machine = figures.Machine;
        Console.WriteLine($"{figures.Backlog} unknown orders beside new payments, {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{(machine.CommitIsDirty ? " with uncommitted changes" : "")}");
        Console.WriteLine();
        Console.WriteLine("questions due   payments/s   unknown at the end   others' CPUs   questions/s and most at once: card, bank (small line), wallet");
        foreach (var window in figures.Windows)
        {
            var channels = window.Channels.Select(crowd => $"{crowd.Questions / window.Seconds,6:0} /s {crowd.MostQuestionsAtOnce,4}");
            Console.WriteLine($"{(window.WithBacklog ? "yes" : "no"),-13}{window.PaymentsPerSecond,13:0}{window.Waiting,21}{window.OtherProcessors,15:0.0}   {string.Join("   ", channels)}");
        }

        Console.WriteLine();
        Say(figures.KeptLimits, $"the small line has {UnknownScenario.SmallPlaces} places, a quarter of them for questions, and was never asked more at once");
        Say(figures.Undecided == 0, $"orders without a result in the end: {figures.Undecided}");
        var promised = figures.Acknowledged;
        Say(promised.Clean, $"acknowledged trades: {promised.Trades}, missing {promised.Missing}, not paid {promised.Unpaid}, named twice {promised.NamedTwice}");
        Say(figures.Audit.Clean, $"audit of the books ended with {figures.Audit.ExitCode}");
        Say(figures.EngineErrors.Count == 0, $"errors that the engine logged: {figures.EngineErrors.Count}");
        Console.WriteLine();
        Console.WriteLine($"without={figures.Without:0} with={figures.With:0} slower_percent={figures.SlowerPercent:0.0}");
    }

    private static void Say(bool good, string what) => Console.WriteLine($"{(good ? "ok  " : "FAIL")}   {what}");
}
