using System.Runtime.CompilerServices;
using PaymentEngine.Core.Failpoints;
using Xunit;

namespace PaymentEngine.Tests.Unit.Architecture;

/// <summary>The fault campaign counts failpoints by their list; one that no code passes would never be hit.</summary>
public sealed class FailpointMap
{
    private static readonly string Engine = string.Concat(Directory
        .EnumerateFiles(Path.Combine(Root(), "engine"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Select(File.ReadAllText));

    public static TheoryData<string> Points => [.. Enum.GetNames<Failpoint>()];

    [Theory]
    [MemberData(nameof(Points))]
    public void every_failpoint_of_the_list_is_passed_somewhere(string point) =>
        Assert.Matches($@"Failpoint\.{point}\b", Engine);

    /// <summary>This process runs the engine's code; nothing may be armed in it.</summary>
    [Fact]
    public void nothing_is_armed_unless_the_environment_says_so() => Assert.False(Failpoints.AreArmed);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));
}
