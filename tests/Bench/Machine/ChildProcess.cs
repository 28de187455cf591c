using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PaymentEngine.Bench.Machine;

/// <summary>A process that the benchmark started and that it ends by its id, whatever happens.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 2_000;
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly Queue<string> _output = new();
    private readonly Queue<string> _errors = new();

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public TextWriter Input => _process.StandardInput;

    public static ChildProcess Start(string file, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => Keep(child._output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(child._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The last lines of standard output.</summary>
    public IReadOnlyList<string> Output()
    {
        lock (_output)
            return [.. _output];
    }

    public Task ExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Waits for the end of a process that must end well.</summary>
    public async Task<IReadOnlyList<string>> SucceedAsync(string what, CancellationToken cancellation)
    {
        await ExitAsync(cancellation);
        return _process.ExitCode == 0 ? Output() : throw Failure($"{what} ended with exit code {_process.ExitCode}");
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellation)
    {
        await ExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>What happened, with the process's own last words.</summary>
    public InvalidOperationException Failure(string what)
    {
        lock (_errors)
            return new InvalidOperationException(string.Join('\n', [what, .. Output().TakeLast(20), .. _errors.TakeLast(20)]));
    }

    /// <summary>False when the process had to be killed.</summary>
    public async Task<bool> TerminateAsync(TimeSpan patience)
    {
        if (_process.HasExited)
            return true;
        // Not reaped before this object sees its end, so the id cannot have been given to another process.
        _ = kill(_process.Id, SigTerm);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TerminateAsync(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    private static void Keep(Queue<string> lines, string? line)
    {
        if (line is null)
            return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept)
                lines.Dequeue();
        }
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
