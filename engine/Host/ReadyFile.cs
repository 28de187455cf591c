using System.Text.Json;

namespace PaymentEngine.Host;

/// <summary>Tells a program that started the engine where it is: a file, named by the environment, that appears when it is ready.</summary>
internal static class ReadyFile
{
    private const string Variable = "PAYMENT_ENGINE_READY_FILE";

    public static void Write(EngineHost host)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
        {
            return;
        }

        var draft = file + ".tmp";
        File.WriteAllText(draft, JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["address"] = host.Address,
            ["api_key"] = host.DemoKey,
            ["pid"] = Environment.ProcessId,
        }));
        File.Move(draft, file, overwrite: true);
    }
}
