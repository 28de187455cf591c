using System.Text;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Host;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Bench.Engine;

/// <summary>The built host, the database that it is to work on, and an institution that takes 50 to 200 ms.</summary>
internal sealed record EngineProgram(string Dll, string ConnectionString, string JournalPath)
{
    private string SecretKeyFile => JournalPath + ".key";

    public static string DefaultDll => Path.Combine(Repository.Root, "engine/Host/bin/Release/net10.0/payment-engine.dll");

    /// <summary>A line's secret as it lies in the engine's database; the engine must have made its key.</summary>
    public byte[] Sealed(string secret, string line) =>
        KeyFile.Secrets(SecretKeyFile).Seal(Encoding.UTF8.GetBytes(secret), SecretKeeper.OfConnection(line));

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
                ("Engine__SecretKeyFile", SecretKeyFile),
                ("Simulator__JournalPath", JournalPath),
                .. environment,
            ]);
}
