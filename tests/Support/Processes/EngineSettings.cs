namespace PaymentEngine.Tests.Support.Processes;

/// <summary>
/// What a process of the engine is started with. It lives in a directory of its own, which holds the merchant's key
/// and the simulated institution's journal and goes with this object.
/// </summary>
public sealed class EngineSettings : IDisposable
{
    /// <param name="connectionString">Null for none.</param>
    /// <param name="apiKey">The demonstration merchant's; null to have one made.</param>
    public EngineSettings(string? connectionString, string? apiKey = null)
    {
        Environment["ConnectionStrings__Engine"] = connectionString;
        Environment["Engine__DemoKeyFile"] = KeyFile;
        if (apiKey is not null)
        {
            File.WriteAllText(KeyFile, apiKey);
        }

        Environment["Engine__SecretKeyFile"] = SecretKeyFile;
        File.WriteAllText(SecretKeyFile, new string('0', 64));
        Environment["Simulator__JournalPath"] = JournalPath;
        Environment["PAYMENT_ENGINE_READY_FILE"] = ReadyFile;
        Environment["Logging__LogLevel__Default"] = "Warning";
        // What a killed node had claimed is free again after the shortest lease there is.
        Environment["Timers__Lease"] = "00:00:05";
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("payment-engine-").FullName;

    /// <summary>Variables of the process; null takes one away.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>Where it listens; any port unless somebody has to know it beforehand.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:0";

    /// <summary>Another build of the engine than the one beside the tests; null for that one.</summary>
    public string? Program { get; set; }

    public string JournalPath => Path.Combine(Directory, "bank.jsonl");

    private string KeyFile => Path.Combine(Directory, "merchant.key");

    /// <summary>Nodes of one database share its key; it is the one under which tests seed.</summary>
    private string SecretKeyFile => Path.Combine(Directory, "secret.key");

    internal string ReadyFile => Path.Combine(Directory, "ready.json");

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
