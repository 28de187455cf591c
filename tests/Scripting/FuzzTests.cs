using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

/// <summary>Scripts that nobody would write: whatever comes, the answer is a value or an error of the script.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "{{", "}}", "|", "^", "@", "$", "$0", "$\"{", "\"", "\\", "'", "`", "\n", ";", " ", "end", "else", "if ",
        "for x in ", "tablerow x in ", "while ", "func f", "do ", "ret ", "case ", "when ", "capture x", "with x", "wrap f", "$$", "f", "1", "-1", "1.5", "99999999999999999999",
        "null", "this", ".", "?.", "..", "??", "?", ":", "+", "*", "/", "//", "%", "<<", ">>", "==", "&&", "!", "=", "+=", "++", "x", "x.y", "(1)",
        "time", "tags", "amount", "#", "##", "0x", "1m",
    ];

    private static readonly string[] Operands =
    [
        "1", "-1", "0", "1.5", "\"abc\"", "\"\"", "null", "true", "[1, 2]", "[]", "{a: 1}", "(1..3)", "1m", "(date.parse \"2020-01-01\")",
        "(timespan.from_days 1)", "99999999999999999999", "@string.upcase", "(1 << 100)", "2147483647", "-2147483648", "\"(\"", "1e300",
    ];

    [Theory]
    [Trait("Rule", "C17")]
    [MemberData(nameof(Seeds))]
    public void whatever_is_written_ends_in_a_value_or_in_an_error_of_the_script(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var text = (i % 3) switch
            {
                0 => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pick(random, Pieces))),
                1 => $"x = {Pick(random, Functions)}({string.Join(", ", Enumerable.Range(0, random.Next(0, 5)).Select(_ => Pick(random, Operands)))})\n'' + x\nret x",
                _ => $"x = {Pick(random, Operands)}\ny = {Pick(random, Operands)}\nz = x {Pick(random, Signs)} y\n'' + z\nfor i in z\ni\nend\nx[y]\nx[y] = 1",
            };
            Run(text, ScriptMode.Script);
            Run(text, ScriptMode.Template);
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    private static readonly string[] Signs = ["+", "-", "*", "/", "//", "%", "<<", ">>", "==", "<", ">=", "..", "..<", "??", "&&"];
    private static readonly string[] Functions = [.. ScriptLibrary.Functions.Select(function => function.Name)];

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static void Run(string text, ScriptMode mode)
    {
        if (!Script.TryParse(text, mode, null, out var script, out var errors))
        {
            Assert.NotEmpty(errors);
            return;
        }

        ScriptChecker.Check(script, Payment.Schema());
        AssertSound(text, () => script.Render());
        AssertSound(text, () => script.Evaluate(options: EvaluationOptions.Rules, trace: new ScriptTrace()).ToString());
    }

    private static void AssertSound(string text, Func<object> run)
    {
        var thrown = Record.Exception(run);
        Assert.True(thrown is null or ScriptException, $"{text}\n{thrown}");
    }
}
