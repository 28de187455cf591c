using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace PaymentEngine.Tests.Unit.Architecture;

/// <summary>docs/rules.md says which test proves which rule; what it says is looked up in the tests.</summary>
public sealed partial class RuleMap
{
    private static readonly Dictionary<string, string> TestFiles = Directory
        .EnumerateFiles(Path.Combine(Root(), "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .ToDictionary(file => Path.GetRelativePath(Root(), file), File.ReadAllText);

    public static TheoryData<string, string> Claims
    {
        get
        {
            var claims = new TheoryData<string, string>();
            foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "rules.md"))))
            {
                foreach (var test in row.Groups["tests"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    claims.Add(row.Groups["rule"].Value, test);
                }
            }

            return claims;
        }
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void a_test_that_the_map_names_names_the_rule(string rule, string test)
    {
        // One idea may be tested on several floors of the house, in files of the same name.
        var files = TestFiles.Where(file => Path.GetFileNameWithoutExtension(file.Key) == test);
        Assert.Contains(files, file => file.Value.Contains($"Trait(\"Rule\", \"{rule}\")", StringComparison.Ordinal));
    }

    [Fact]
    public void every_rule_that_a_test_names_is_on_the_map()
    {
        var named = TestFiles.Values.SelectMany(text => Trait().Matches(text)).Select(match => match.Groups[1].Value).Distinct();
        var mapped = Claims.Select(claim => (string)claim[0]).Distinct();
        Assert.Empty(named.Except(mapped));
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));

    [GeneratedRegex(@"^\| (?<rule>[A-Z]\d+) \| [^|]* \| [^|]* \| (?<tests>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"Trait\(""Rule"", ""([A-Z]\d+)""\)")]
    private static partial Regex Trait();
}
