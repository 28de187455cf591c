using System.Text.Json;
using PaymentEngine.ScribanCli;
using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

/// <summary>
/// Corpus/*.txt: cases that begin with a line `=== name`, then the text, a line `---`, and what it prints. A section
/// between two `---` is the model as JSON. Files whose name begins with `template` hold templates, the others scripts.
/// An expected text that begins with `error` names the stage, the place and a part of the message.
/// </summary>
public sealed class CorpusTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var part in Read(file)) cases.Add(Path.GetFileNameWithoutExtension(file), part.Name);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void every_case_of_the_corpus_prints_what_it_says(string file, string name)
    {
        var found = Read(Path.Combine(Folder, file + ".txt")).Single(part => part.Name == name);
        var mode = file.StartsWith("template", StringComparison.Ordinal) ? ScriptMode.Template : ScriptMode.Script;
        Assert.Equal(found.Expected, Run(found.Text, found.Model, mode, found.Expected));
    }

    private static string Run(string text, string model, ScriptMode mode, string expected)
    {
        using var json = JsonDocument.Parse(model.Length == 0 ? "{}" : model);
        try
        {
            return Script.Parse(text, mode).Render(Models.Read(json.RootElement));
        }
        catch (ScriptException fault)
        {
            var said = string.Join('\n', fault.Errors.Select(error => $"error {fault.Stage} {error.At.Line},{error.At.Column}: {error.Message}"));
            // The corpus may name the beginning of each message only.
            var wanted = expected.Split('\n');
            var lines = said.Split('\n');
            var agrees = wanted.Length == lines.Length && wanted.Zip(lines).All(pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal));
            return agrees ? expected : said;
        }
    }

    private sealed record Case(string Name, string Text, string Model, string Expected);

    private static IEnumerable<Case> Read(string file)
    {
        foreach (var part in ("\n" + File.ReadAllText(file)).Split("\n=== ").Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var sections = part[(end + 1)..].Split("\n---\n");
            var expected = sections[^1].TrimEnd('\n');
            yield return new Case(part[..end], sections[0], sections.Length == 3 ? sections[1] : "", expected);
        }
    }
}
