using System.Text.Json;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Outside;

/// <summary>The world outside, seen from the benchmark.</summary>
internal sealed class OutsideProcess : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly ChildProcess _process;

    private OutsideProcess(ChildProcess process) => _process = process;

    public int Id => _process.Id;

    public static async Task<OutsideProcess> StartAsync(OutsideOptions options, CancellationToken cancellation)
    {
        var process = ChildProcess.Start(DotNet.Program, [Path.Combine(AppContext.BaseDirectory, "bench.dll"), "outside"]);
        var outside = new OutsideProcess(process);
        await outside.SayAsync(JsonSerializer.Serialize(options));
        await outside.LinesAsync(1, cancellation);
        return outside;
    }

    /// <summary>Begins a new measurement and tells of the last.</summary>
    public async Task<OutsideFigures> MeasureAsync(CancellationToken cancellation)
    {
        var lines = _process.Output().Count;
        await SayAsync(GeneratorCommands.Measure);
        return Read(await LinesAsync(lines + 1, cancellation));
    }

    public async Task<OutsideFigures> StopAsync(CancellationToken cancellation)
    {
        await SayAsync(GeneratorCommands.Stop);
        return Read(await _process.SucceedAsync("the institution", cancellation));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static OutsideFigures Read(IReadOnlyList<string> lines) => JsonSerializer.Deserialize<OutsideFigures>(lines[^1])!;

    private async Task<IReadOnlyList<string>> LinesAsync(int count, CancellationToken cancellation)
    {
        while (_process.Output() is var lines)
        {
            if (lines.Count >= count)
                return lines;
            if (_process.HasExited)
                throw _process.Failure("the institution ended too early");
            await Task.Delay(LookEvery, cancellation);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private async Task SayAsync(string line)
    {
        await _process.Input.WriteLineAsync(line);
        await _process.Input.FlushAsync(CancellationToken.None);
    }
}
