namespace PaymentEngine.Tests.Support.Processes;

/// <summary>Where the tests run: the clone that they were built in, and how.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Release or Debug: the tests lie in bin/CONFIGURATION/net10.0.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PaymentEngine.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in a clone");
        }

        return folder.FullName;
    }
}
