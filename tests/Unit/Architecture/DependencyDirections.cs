using System.Xml.Linq;
using Xunit;

namespace PaymentEngine.Tests.Unit.Architecture;

/// <summary>The arrows of the house. The compiler keeps what a project may call; this keeps what a project may reference.</summary>
public sealed class DependencyDirections
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Ledger"] = ["Core", "Scripting"],
        ["Scripting"] = [],
        ["Routing"] = ["Core", "Scripting"],
        ["Store"] = ["Core", "Ledger", "Routing"],
        ["Workflows"] = ["Core"],
        ["Channels.SimulatedBank"] = ["Core"],
        ["Channels.Simulator"] = ["Core", "Channels.SimulatedBank"],
        ["Runtime"] = ["Core", "Ledger", "Routing", "Store", "Workflows"],
        ["Api"] = ["Runtime"],
        ["Host"] = ["Api", "Runtime", "Channels.Simulator"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Core"] = [],
        ["Ledger"] = [],
        ["Scripting"] = [],
        ["Routing"] = ["YamlDotNet"],
        ["Store"] = ["Npgsql"],
        ["Workflows"] = ["MassTransit"],
        ["Channels.SimulatedBank"] = [],
        ["Channels.Simulator"] = [],
        ["Runtime"] = ["MassTransit.RabbitMQ"],
        ["Api"] = ["Microsoft.AspNetCore.OpenApi"],
        ["Host"] = ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
    };

    public static TheoryData<string> Projects => [.. ProductProjects().Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void a_project_references_only_what_the_house_allows(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} has no place in the house yet: say here what it may reference");
        Assert.Empty(References(project, "ProjectReference").Select(ProjectName).Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void a_project_uses_only_the_packages_of_its_purpose(string project) =>
        Assert.Empty(References(project, "PackageReference").Except(AllowedPackages[project]));

    [Fact]
    public void sql_is_written_in_the_store_and_nowhere_else()
    {
        var strangers = Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(IsProductCode)
            .Where(file => !file.StartsWith(Path.Combine("engine", "Store"), StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Path.Combine(Root, file)).Contains("NpgsqlCommand", StringComparison.Ordinal));
        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("engine/Core")]
    [InlineData("engine/Ledger")]
    [InlineData("engine/Scripting")]
    [InlineData("engine/Routing")]
    [InlineData("workflows")]
    public void decisions_read_no_clock_and_roll_no_dice(string folder)
    {
        string[] forbidden = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "TimeProvider.System", "Random.Shared", "Guid.NewGuid"];
        var guilty = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => IsProductCode(Path.GetRelativePath(Root, file)))
            .Where(file => forbidden.Any(File.ReadAllText(file).Contains));
        Assert.Empty(guilty);
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PaymentEngine.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static bool IsProductCode(string file) =>
        !file.StartsWith("tests", StringComparison.Ordinal)
        && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or ".data");

    private static Dictionary<string, string> ProductProjects() =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => IsProductCode(Path.GetRelativePath(Root, file)))
            .ToDictionary(ProjectName);

    private static string ProjectName(string file) =>
        Path.GetFileNameWithoutExtension(file.Replace('\\', '/')).Replace("PaymentEngine.", string.Empty, StringComparison.Ordinal);

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(ProductProjects()[project]).Descendants(element).Select(reference => (string)reference.Attribute("Include")!);
}
