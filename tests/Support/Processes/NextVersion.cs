using System.Diagnostics;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>The version after this one: the engine built again with further migrations, in a directory of its own.</summary>
public sealed class NextVersion : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("payment-engine-next-");

    private NextVersion()
    {
    }

    public string Program => Path.Combine(_directory.FullName, "engine", "payment-engine.dll");

    /// <param name="migrations">The names of their files, without the ending, and what they say.</param>
    public static async Task<NextVersion> BuildAsync(params (string Name, string Sql)[] migrations)
    {
        var version = new NextVersion();
        var further = version._directory.CreateSubdirectory("migrations").FullName;
        foreach (var (name, sql) in migrations)
        {
            await File.WriteAllTextAsync(Path.Combine(further, name + ".sql"), sql);
        }

        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(EngineProgram.Program)!))
        {
            File.Copy(file, Path.Combine(version._directory.CreateSubdirectory("engine").FullName, Path.GetFileName(file)));
        }

        await version.BuildStoreAsync(further);
        return version;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Migrations lie in one assembly; only that one differs from version to version.</summary>
    private async Task BuildStoreAsync(string further)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build", Path.Combine(Repository.Root, "engine", "Store", "PaymentEngine.Store.csproj"),
                "-c", Repository.Configuration, "--no-restore", "--nologo", "-v", "q", "-m:1", "-nodeReuse:false",
                "-p:BuildProjectReferences=false", $"-p:FurtherMigrations={further}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var build = Process.Start(start)!;
        var said = new ProcessOutput(build);
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"the next version cannot be built:\n{said.All}");
        }

        const string Store = "PaymentEngine.Store.dll";
        File.Copy(Path.Combine(_directory.FullName, "store", Store), Path.Combine(_directory.FullName, "engine", Store), overwrite: true);
    }
}
