using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Npgsql;
using PaymentEngine.Host;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Store.Secrets;
using Xunit;

namespace PaymentEngine.Tests.Unit.Host;

/// <summary>No Docker engine reads the compose files here; what they tell the engine is read as the engine would.</summary>
public sealed partial class ComposeFilesTests : IDisposable
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        [EngineOptions.Section] = typeof(EngineOptions),
        [BusOptions.Section] = typeof(BusOptions),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("payment-engine-secrets-");

    public static TheoryData<string, string> Engines => new()
    {
        { "compose.yaml", "engine" },
        { "compose.cluster.yaml", "engine1" },
        { "compose.cluster.yaml", "engine2" },
    };

    private static string Docker { get; } = Path.Combine(FindRoot(), "docker");

    private string Secrets => Path.Combine(_directory.FullName, "secrets");

    [Theory]
    [MemberData(nameof(Engines))]
    public void what_an_engine_is_told_are_settings_that_it_has_with_values_that_it_takes(string file, string service)
    {
        MakeSecrets();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(EnvironmentOf(file, service)).AddKeyPerFile(Secrets).Build();
        Assert.Equal("RabbitMq", configuration["Bus:Transport"]);

        foreach (var (section, type) in Sections)
        {
            var options = Activator.CreateInstance(type)!;
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            if (options is BusOptions bus)
            {
                bus.ConnectionString = configuration.GetConnectionString("Broker");
            }

            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }

        Assert.Empty(EnvironmentOf(file, service).Keys.Select(key => key.Split(':')[0]).Except(Sections.Keys));
    }

    [Fact]
    public void the_secrets_that_are_made_fit_each_other_and_the_engine()
    {
        MakeSecrets();
        var made = new ConfigurationBuilder().AddKeyPerFile(Secrets).Build();

        var database = new NpgsqlConnectionStringBuilder(made.GetConnectionString("Engine"));
        Assert.Equal(("postgres", "engine", "payment_engine"), (database.Host, database.Username, database.Database));
        Assert.Equal(made["postgres-password"], database.Password);
        Assert.EndsWith("default_pass = " + new Uri(made.GetConnectionString("Broker")!).UserInfo.Split(':')[1], made["rabbitmq-user.conf"]!.Trim(), StringComparison.Ordinal);
        Assert.NotSame(SecretBox.WithoutKey, KeyFile.Secrets(Path.Combine(Secrets, "secret-key")));
        foreach (var (file, _) in Engines.Select(row => ((string)row[0], row[1])).Distinct())
        {
            var used = SecretFile().Matches(File.ReadAllText(Path.Combine(Docker, file))).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(used);
            Assert.Empty(used.Except(Directory.EnumerateFiles(Secrets).Select(Path.GetFileName)!));
        }
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cluster.yaml")]
    public void an_engine_is_given_longer_to_stop_than_it_takes(string file)
    {
        var grace = TimeSpan.FromSeconds(int.Parse(EngineGrace().Match(File.ReadAllText(Path.Combine(Docker, file))).Groups[1].ValueSpan));

        // Calls that are out, then notifications, and the bus.
        Assert.True(grace > (2 * new EngineOptions().DrainTime) + new BusOptions().DrainTime);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private void MakeSecrets()
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Docker, "make-secrets"), [Secrets]) { RedirectStandardOutput = true })!;
        script.WaitForExit();
        Assert.Equal(0, script.ExitCode);
    }

    /// <summary>The lines below "environment:" of a service, by their indentation.</summary>
    private static Dictionary<string, string?> EnvironmentOf(string file, string service)
    {
        var lines = File.ReadLines(Path.Combine(Docker, file))
            .SkipWhile(line => line != $"  {service}:").Skip(1)
            .TakeWhile(line => line.Length == 0 || line.StartsWith("   ", StringComparison.Ordinal))
            .SkipWhile(line => line != "    environment:").Skip(1)
            .TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(": ", 2));
        var environment = lines.ToDictionary(pair => pair[0].Replace("__", ":", StringComparison.Ordinal), string? (pair) => pair[1]);
        Assert.NotEmpty(environment);
        return environment;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PaymentEngine.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"file: secrets/(\S+)")]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"finish what it has accepted\.\s+stop_grace_period: (\d+)s")]
    private static partial Regex EngineGrace();
}
