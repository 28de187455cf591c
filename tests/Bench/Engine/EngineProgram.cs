using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Engine;

/// <summary>The built host, the database that it is to work on, and an institution that takes 50 to 200 ms.</summary>
internal sealed record EngineProgram(string Dll, string ConnectionString, string JournalPath)
{
    public static string DefaultDll => Path.Combine(Repository.Root, "engine/Host/bin/Release/net10.0/payment-engine.dll");

    public ChildProcess Start(IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        ChildProcess.Start(
            DotNet.Program,
            [Dll, .. arguments],
            [
                ("ConnectionStrings__Engine", ConnectionString),
                ("Simulator__Profile", "calm"),
                ("Simulator__MinLatencyMs", "50"),
                ("Simulator__MaxLatencyMs", "200"),
                // Its books are in the engine's memory here; what has been answered for minutes nobody asks for again.
                ("Simulator__RetentionMinutes", "1"),
                ("Engine__SecretKeyFile", JournalPath + ".key"),
                ("Simulator__JournalPath", JournalPath),
                .. environment,
            ]);
}
