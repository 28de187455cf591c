namespace PaymentEngine.Store.Seeds;

/// <summary>The routing of the demonstration, as texts that operations could have written. Its channels are planted by <see cref="DemoSeed"/>.</summary>
public static class DemoRouting
{
    private const string Folder = "Seeds/Routing";
    private const string ScriptEnding = ".scriban";

    /// <summary>YAML.</summary>
    public static string Setup { get; } = Sql.File($"{Folder}/demo_setup.yaml");

    /// <summary>The scripts that the setup names, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Scripts { get; } = Sql.FilesIn(Folder)
        .Where(file => file.EndsWith(ScriptEnding, StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Sql.File);
}
