using System.Text.Json;
using System.Text.Unicode;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;

namespace PaymentEngine.Bench.Payments;

/// <summary>`./bench payments`: runs, prints, keeps the figures. Exit code 0 only when every check is clean.</summary>
internal static class PaymentsCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var options = PaymentsOptions.Parse(arguments);
        var cluster = PostgresCluster.FromEnvironment();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.LimitSeconds));
        var directory = Directory.CreateTempSubdirectory("payment-bench-");
        try
        {
            var figures = await new PaymentsScenario(options, cluster, directory.FullName, Console.Error).RunAsync(limit.Token);
            if (options.JsonPath is { } path)
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
            foreach (var line in PaymentsReport.Lines(figures))
                Console.Out.WriteLine(line);
            return figures.Clean ? 0 : 1;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"not done within {options.LimitSeconds} s; everything that was started is stopped");
        }
        finally
        {
            InstitutionFile.Delete(directory.FullName);
            directory.Delete(recursive: true);
        }
    }
}
