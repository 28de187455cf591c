using System.Text.Json;

namespace PaymentEngine.Bench.Routing;

/// <summary>`./bench routing`: what one decision costs among many channels.</summary>
internal static class RoutingCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var options = RoutingOptions.Parse(arguments);
        var figures = await new RoutingScenario(options).RunAsync(cancellation);
        if (options.JsonPath is { } path)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
        Print(figures);
        return 0;
    }

    private static void Print(RoutingFigures figures)
    {
        var (machine, usual, crowded) = (figures.Machine, figures.Usual, figures.Crowded);
        Console.WriteLine($"Routing decisions on one thread, {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{(machine.CommitIsDirty ? " with uncommitted changes" : "")}");
        Console.WriteLine($"{machine.Processors} × {machine.CpuModel}, Linux {machine.Kernel}");
        Console.WriteLine($"{LargeSetup.Channels} channels × 5 interfaces, 10 features on each of them; of the class {LargeSetup.OfClass}, through the features {LargeSetup.Passing}");
        Console.WriteLine();
        Console.WriteLine("                    p50 µs   p99 µs   bytes each   of which explanation   removals   candidates");
        Line("a usual decision", usual);
        Line("all are removed", crowded);
        Console.WriteLine($"{"written by hand",-18}{figures.HandWrittenP50Us,8:0.0}{figures.HandWrittenP99Us,9:0.0}   the same choice without reasons, turns and edits; ratio {figures.Ratio:0.00}");
        Console.WriteLine();
        Console.WriteLine($"routing_p50_us={usual.P50Us:0.0} routing_p99_us={usual.P99Us:0.0} routing_bytes={usual.Bytes:0}");
    }

    private static void Line(string name, DecisionFigures of) =>
        Console.WriteLine($"{name,-18}{of.P50Us,8:0.0}{of.P99Us,9:0.0}{of.Bytes,13:0}{of.ExplanationBytes,23:0}{of.Removals,11}{of.Candidates,13}");
}
