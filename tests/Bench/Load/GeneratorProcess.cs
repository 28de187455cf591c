using System.Text.Json;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Load;

/// <summary>The load generator, seen from the benchmark.</summary>
internal sealed class GeneratorProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private GeneratorProcess(ChildProcess process) => _process = process;

    public int Id => _process.Id;

    public static async Task<GeneratorProcess> StartAsync(GeneratorOptions options)
    {
        var process = ChildProcess.Start(
            DotNet.Program, [Path.Combine(AppContext.BaseDirectory, "bench.dll"), "generate"]);
        var generator = new GeneratorProcess(process);
        await generator.SayAsync(JsonSerializer.Serialize(options));
        return generator;
    }

    public Task MeasureAsync() => SayAsync(GeneratorCommands.Measure);

    public Task StopArrivalsAsync() => SayAsync(GeneratorCommands.Stop);

    /// <summary>Lets the load run for a while; fails at once when the generator does.</summary>
    public async Task RunAsync(TimeSpan time, CancellationToken cancellation)
    {
        await Task.WhenAny(Task.Delay(time, cancellation), _process.ExitAsync(cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (_process.HasExited)
            throw _process.Failure("the load generator ended too early");
    }

    public async Task<GeneratorResult> ResultAsync(CancellationToken cancellation)
    {
        var output = await _process.SucceedAsync("the load generator", cancellation);
        return JsonSerializer.Deserialize<GeneratorResult>(output[^1]) ?? throw _process.Failure("the load generator has no result");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task SayAsync(string line)
    {
        await _process.Input.WriteLineAsync(line);
        await _process.Input.FlushAsync();
    }
}
