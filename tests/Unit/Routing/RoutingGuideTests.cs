using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Text;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>docs/routing.md shows every field of a setup and every fact of a script; people copy from it.</summary>
public sealed partial class RoutingGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Root(), "docs", "routing.md"));

    [Fact]
    public void the_setup_of_the_guide_is_fit_and_has_every_field()
    {
        var text = Yaml().Match(Guide).Groups[1].Value;
        var scripts = RoutingText.Read(text).Setup.Channels
            .SelectMany(channel => channel.Priority.Concat(channel.Weight))
            .Select(score => score.Script)
            .OfType<string>()
            .Distinct();

        Scene.Table(RoutingText.Read(text).Setup, [.. scripts.Select(script => Scene.Script(script, "ret 1"))]);
        Assert.All(
            new[]
            {
                typeof(RoutingSetup), typeof(PaymentClass), typeof(RoutedChannel), typeof(RoutedInterface), typeof(Score),
                typeof(Feature), typeof(MaintenanceWindow), typeof(LimitRule), typeof(CostTier),
            }.SelectMany(part => part.GetProperties()).Where(property => property.CanWrite && !property.GetMethod!.IsStatic),
            property => Assert.Matches($@"\b{FieldName(property.Name)}: ", text.Replace("\n", " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void the_guide_tells_every_fact_that_a_script_sees() => Assert.All(
        ScoreModel.Schema.Inputs,
        fact => Assert.Contains($"| `{fact.Name}` | {fact.Type.ToString().ToLowerInvariant()} | {fact.Description} |", Guide, StringComparison.Ordinal));

    private static string FieldName(string property) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
