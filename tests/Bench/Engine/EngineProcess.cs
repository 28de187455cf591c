using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Engine;

/// <summary>A running engine with the benchmark's demo merchant.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private EngineProcess(ChildProcess process, ReadyFile ready)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(ready.Address), Timeout = TimeSpan.FromSeconds(5) };
        Ready = ready;
    }

    public ReadyFile Ready { get; }

    public int Id => _process.Id;

    public static async Task<EngineProcess> StartAsync(
        EngineProgram program, string directory, IEnumerable<(string Name, string Value)> environment, CancellationToken cancellation)
    {
        var readyPath = Path.Combine(directory, "ready.json");
        var process = program.Start(
            [$"--urls=http://127.0.0.1:{FreePort.Find()}"],
            [("PAYMENT_ENGINE_READY_FILE", readyPath), ("Engine__DemoKeyFile", Path.Combine(directory, "demo-key")), .. environment]);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(StartPatience);
            var engine = new EngineProcess(process, await ReadyFileAsync(process, readyPath, patience.Token));
            while (!await engine.IsReadyAsync(patience.Token))
                await Task.Delay(LookEvery, patience.Token);
            return engine;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await process.DisposeAsync();
            throw process.Failure($"the engine was not ready within {StartPatience.TotalSeconds} s");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The engine's own view of its memory; null when it does not tell.</summary>
    public async Task<ProcessFigures?> FiguresAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri("/health/process", UriKind.Relative), cancellation);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ProcessFigures>(Json, cancellation);
    }

    /// <summary>The engine's last words, when it is the engine's end that made a load fail.</summary>
    public InvalidOperationException? EarlyEnd() =>
        _process.HasExited ? _process.Failure("the engine ended under load") : null;

    /// <summary>What it logged as errors, of its last lines.</summary>
    public IReadOnlyList<string> LoggedErrors() =>
        [.. _process.Output().Where(line => line.Contains("\"LogLevel\":\"Error\"") || line.Contains("\"LogLevel\":\"Critical\""))];

    /// <summary>True when it ended by itself in time, as an orderly drain does.</summary>
    public Task<bool> StopAsync() => _process.TerminateAsync(StopPatience);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<ReadyFile> ReadyFileAsync(ChildProcess process, string path, CancellationToken cancellation)
    {
        while (true)
        {
            if (process.HasExited)
                throw process.Failure("the engine ended before it was ready");
            // The file may be seen while it is being written.
            if (File.Exists(path) && (await File.ReadAllTextAsync(path, cancellation)).TrimEnd() is { } text && text.EndsWith('}'))
                return JsonSerializer.Deserialize<ReadyFile>(text, Json) ?? throw new InvalidDataException($"{path} holds null");
            await Task.Delay(LookEvery, cancellation);
        }
    }
}

/// <summary>What the engine writes when it takes requests.</summary>
internal sealed record ReadyFile(string Address, string ApiKey, int Pid);

internal sealed record ProcessFigures(long AllocatedBytes, int Gen0, long WorkingSet);
