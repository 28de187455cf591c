using System.Diagnostics;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>The engine's program as it is built beside the tests, run in a process of its own.</summary>
public static class EngineProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static readonly string Program = Path.Combine(
        Repository.Root, "engine", "Host", "bin", Repository.Configuration, "net10.0", "payment-engine.dll");

    /// <summary>Runs it to its end.</summary>
    public static Task<Ended> RunAsync(EngineSettings settings, params string[] arguments) => RunWithInputAsync(settings, input: null, arguments);

    /// <summary>Runs it to its end with this text on its standard input.</summary>
    public static async Task<Ended> RunWithInputAsync(EngineSettings settings, string? input, params string[] arguments)
    {
        using var process = Start(settings, input is not null, arguments);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        var output = new ProcessOutput(process);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"the engine did not end by itself:\n{output.All}");
        }

        return new Ended(process.ExitCode, output.Output, output.Errors);
    }

    internal static Process Start(EngineSettings settings, params string[] arguments) => Start(settings, hasInput: false, arguments);

    private static Process Start(EngineSettings settings, bool hasInput, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [settings.Program ?? Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = hasInput,
            // No appsettings.json lies there, so that the environment below says everything.
            WorkingDirectory = settings.Directory,
        };
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>A process that has ended.</summary>
public sealed record Ended(int ExitCode, string Output, string Errors);
