using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PaymentEngine.Tests.Faults;

/// <summary>The image without Docker: what the Dockerfile copies, the command that it runs, and what comes of it.</summary>
[Trait("Category", "Slow")]
public sealed partial class ContainerTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("payment-engine-image-");

    private static string Dockerfile { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docker", "Dockerfile"));

    [Fact]
    public async Task What_the_Dockerfile_publishes_from_what_it_copies_starts_with_secrets_in_files_is_healthy_and_stops()
    {
        await using var world = await World.CreateAsync();
        var (source, app) = (_directory.CreateSubdirectory("source").FullName, Path.Combine(_directory.FullName, "app"));
        await CopyContextAsync(source);
        var publish = Publish().Match(Dockerfile).Groups[1].Value.Replace("/app", app, StringComparison.Ordinal);
        await RunAsync(source, "bash", "-c", publish + " -m:1 -nodeReuse:false");

        var settings = world.Settings;
        settings.Program = Path.Combine(app, "payment-engine.dll");
        var secrets = Directory.CreateDirectory(Path.Combine(settings.Directory, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, "ConnectionStrings__Engine"), settings.Environment["ConnectionStrings__Engine"] + "\n");
        settings.Environment.Remove("ConnectionStrings__Engine");
        settings.Environment["PAYMENT_ENGINE_SECRETS"] = secrets;

        await using var engine = await EngineProcess.StartAsync(settings);
        var check = HealthCheck().Match(Dockerfile).Groups[1].Value;
        var healthy = await EngineProgram.RunAsync(settings, check, $"--Urls=http://0.0.0.0:{engine.Address.Port}");
        Assert.True(healthy.ExitCode == 0, healthy.Output);
        Assert.Contains("\"ready\"", healthy.Output);

        Assert.Equal(0, await engine.TerminateAsync());
        Assert.Equal(1, (await EngineProgram.RunAsync(settings, check, $"--Urls=http://0.0.0.0:{engine.Address.Port}")).ExitCode);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>The files of the repository that the ignore file lets through.</summary>
    private static async Task CopyContextAsync(string source)
    {
        var wanted = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docker", "Dockerfile.dockerignore")))
            .Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        Assert.NotEmpty(wanted);
        var files = await RunAsync(
            Repository.Root, "git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. wanted]);
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            var copy = Path.Combine(source, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }
    }

    private static async Task<string> RunAsync(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = new ProcessOutput(process);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{output.All}");
        return output.Output;
    }

    [GeneratedRegex(@"^RUN (dotnet publish .+)$", RegexOptions.Multiline)]
    private static partial Regex Publish();

    [GeneratedRegex(@"^HEALTHCHECK .+ CMD \[""dotnet"", ""payment-engine\.dll"", ""(\w+)""\]$", RegexOptions.Multiline)]
    private static partial Regex HealthCheck();
}
