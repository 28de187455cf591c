using System.Diagnostics;
using System.Text.Json;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>An engine that serves, or a channel application, in a process of its own, which can be killed.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ProcessOutput _output;
    private bool _isDisposed;

    private EngineProcess(Process process, ProcessOutput output, Ready ready)
    {
        (_process, _output) = (process, output);
        (Address, ApiKey) = (new Uri(ready.Address), ready.ApiKey);
    }

    public Uri Address { get; }

    public string ApiKey { get; }

    /// <summary>All that it has written so far.</summary>
    public string Output => _output.All;

    /// <summary>What it has written to standard error so far.</summary>
    public string Errors => _output.Errors;

    public bool HasEnded => _process.HasExited;

    /// <summary>Returns when the engine says that it is ready.</summary>
    public static Task<EngineProcess> StartAsync(EngineSettings settings) => StartAsync(settings, "serve");

    public static Task<EngineProcess> StartApplicationAsync(EngineSettings settings) => StartAsync(settings, "channel-application");

    private static async Task<EngineProcess> StartAsync(EngineSettings settings, string command)
    {
        File.Delete(settings.ReadyFile);
        var process = EngineProgram.Start(settings, command, $"--Urls={settings.Urls}");
        var output = new ProcessOutput(process);
        try
        {
            await Eventually.BecomesTrueAsync(() => process.HasExited || File.Exists(settings.ReadyFile), "the engine is ready");
            if (!process.HasExited)
            {
                var ready = JsonSerializer.Deserialize<Ready>(await File.ReadAllTextAsync(settings.ReadyFile), Ready.Spelling)!;
                return new EngineProcess(process, output, ready);
            }
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        throw new EngineNotReadyException(process.ExitCode, output.All);
    }

    /// <summary>Returns when the process is gone, and all that it wrote has been read.</summary>
    public Task EndedAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>kill -9: no handler runs, nothing is flushed. Returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor stops a service. Returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await Signals.SendAsync("TERM", _process.Id);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Stops the process where it stands; its connections stay, and it notices nothing.</summary>
    public Task FreezeAsync() => Signals.SendAsync("STOP", _process.Id);

    public Task ThawAsync() => Signals.SendAsync("CONT", _process.Id);

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private sealed record Ready(string Address, string ApiKey, int Pid)
    {
        public static readonly JsonSerializerOptions Spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    }
}

/// <summary>An engine ended, or was killed for its slowness, before it was ready.</summary>
public sealed class EngineNotReadyException(int exitCode, string output)
    : InvalidOperationException($"the engine did not become ready (exit code {exitCode}):\n{output}")
{
    public string Output => output;
}
