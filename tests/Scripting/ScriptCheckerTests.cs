using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

public sealed class ScriptCheckerTests
{
    /// <summary>A rule, and what the checker says of it: place and beginning of each finding.</summary>
    public static TheoryData<string, string> Findings => new()
    {
        { Payment.PriorityRule, "" },
        { "ret 1", "" },
        { "x = 1\nret x + time", "" },
        { "ret tiem", "1,5 error: The variable or function `tiem` does not exist; did you mean `time`?" },
        { "if time > 1\nret 1\nelse\nret amuont\nend", "4,5 error: The variable or function `amuont` does not exist; did you mean `amount`?" },
        { "ret math.ruond amount", "1,10 error: `math.ruond` does not exist; did you mean `round`?" },
        { "ret foo 1", "1,5 error: The variable or function `foo` does not exist" },
        { "ret target_inst.sise", "1,17 error: There is no member `sise` of text; did you mean `size`?" },
        { "ret amount.size", "1,12 error: There is no member `size` of decimal" },
        { "ret math.round amount 1 2", "1,5 error: `math.round` takes 1 to 2 arguments, but is given 3" },
        { "ret math.round amount precison: 1", "1,23 error: `math.round` has no parameter `precison`; did you mean `precision`?" },
        { "ret math.round", "1,5 error: `math.round` takes 1 to 2 arguments, but is given 0" },
        { "ret math.round target_inst", "1,16 error: `math.round` takes decimal for `value`, but this is text" },
        { "ret amount | array.size", "1,5 error: `array.size` takes list for `list`, but this is decimal" },
        { "f(a, b) = a + b\nret f(1)", "2,5 error: `f` takes 2 arguments, but is given 1" },
        { "func f(a, b = 1)\nret a\nend\nret f(1, 2, 3)", "4,5 error: `f` takes 1 to 2 arguments, but is given 3" },
        { "ret amount 1", "1,5 error: `amount` is decimal and cannot be called" },
        { "ret amount + is_night", "1,12 error: `+` does not work between decimal and true or false" },
        { "ret target_inst - 1", "1,17 error: `-` does not work between text and integer" },
        { "if amount < is_night\nret 1\nend\nret 2", "1,11 error: `<` does not work between decimal and true or false" },
        { "ret amount / 0", "1,14 error: This divides by zero" },
        { "ret target_inst", "1,5 error: The script must return decimal, but this is text" },
        { "ret", "1,1 error: The script must return decimal, but this is null" },
        { "if is_night\nret 1\nend", "3,4 error: Not every branch returns a value" },
        { "if is_night\nret 1\nend\n", "4,1 error: Not every branch returns a value" },
        { "x = 1", "1,6 error: Not every branch returns a value" },
        { "case time\nwhen 1\nret 1\nend", "4,4 error: Not every branch returns a value" },
        { "case time\nwhen 1\nret 1\nelse\nret 2\nend", "" },
        { "for t in tags\nret 1\nend\nret 2", "" },
        { "if is_night\nx = 1\nend\nret x", "4,5 error: `x` has no value here on every way to this line" },
        { "if is_night\nx = 1\nelse\nx = 2\nend\nret x", "" },
        { "for t in tags\nx = 1\nend\nret x", "4,5 error: `x` has no value here on every way to this line" },
        { "for t in tags\nend\nret t", "3,5 error: The variable or function `t` does not exist" },
        { "time = 5\nret time", "1,1 error: `time` is given by the host and cannot be changed" },
        { "math = 5\nret 1", "1,1 error: `math` is a name of the language and cannot be changed" },
        { "for t in amount\nend\nret 1", "1,10 error: A loop needs a list, but this is decimal" },
        { "ret 1 + this.x", "1,9 error: `this` and `$$` cannot be used in rules" },
        { "with {}\nend\nret 1", "1,1 error: `with`, `import`, `wrap` and `readonly` cannot be used in rules" },
        { "ret date.now.year", "1,5 error: `date.now` cannot be used in rules" },
        { "ret math.random 1 5", "1,5 error: `math.random` cannot be used in rules" },
        { "ret object.eval \"1\"", "1,12 error: `object.eval` does not exist" },
        { "ret 1.5f", "1,5 error: Rules compute with decimals" },
        { "break\nret 1", "1,1 error: This can only be used inside a loop\n2,1 warning: This line is never reached" },
        { "x = tags[\"a\"]\nret 1", "1,10 error: An index is an integer, but this is text" },
        { "func f(a)\nret a + unknwon\nend\nret f(1)", "2,9 error: The variable or function `unknwon` does not exist" },
        { "unknwon_f(1)\nret 1 +", "2,8 error: Unexpected end of script: expecting an expression" },
        { "func f(a)\nret \"x\"\nend\nret f(1)", "4,5 error: The script must return decimal, but this is text" },
        { "f(a) = a > 1\nret f(1)", "2,5 error: The script must return decimal, but this is true or false" },
        { "o = {bank: 1, fee: \"a\"}\nret o.bank", "" },
        { "o = {bank: 1, fee: 2}\nret o.bnak", "2,7 error: The object has no member `bnak`; did you mean `bank`?" },
        { "o = [{bank: 1}]\nret o[0].fee", "2,10 error: The object has no member `fee`" },
        { "for o in [{bank: \"a\"}]\nret o.bank\nend\nret 1", "2,5 error: The script must return decimal, but this is text" },
        { "o = {}\no.a = 1\nret o.a", "" },
        { "ret include 'x'", "1,5 error: `include` cannot be used in rules" },
        { "tablerow x in tags\nend\nret 1", "1,1 error: `tablerow` cannot be used in rules" },
        { "x = [^tags]\nret 1", "1,6 error: `^` can only be used on an argument" },
        { "a = nothing\nb = neither\nret 1", "1,5 error: The variable or function `nothing`\n2,5 error: The variable or function `neither`" },
    };

    [Theory]
    [Trait("Rule", "C17")]
    [MemberData(nameof(Findings))]
    public void every_mistake_is_found_with_its_place(string text, string findings) => AssertFinds(text, findings);

    public static TheoryData<string, string> Traps => new()
    {
        { "ret math.round amount + 1", "1,16 warning: The operator belongs to the argument of `math.round`" },
        { "ret (math.round amount) + 1", "" },
        { "ret math.round(amount + 1)", "" },
        { "ret amount | math.plus 1 + 2", "1,24 warning: The operator belongs to the argument of `math.plus`" },
        { "if partner_id == 200002394692\nret 1\nend\nret 2", "1,15 warning: text and integer are compared as text" },
        { "case partner_id\nwhen 1\nret 1\nend\nret 2", "2,6 warning: text and integer are compared as text" },
        { "if time\nret 1\nend\nret 2", "1,4 warning: This is always true, also for 0" },
        { "if target_inst && is_night\nret 1\nend\nret 2", "1,4 warning: This is true for every text, also an empty one" },
        { "if !amount\nret 1\nend\nret 2", "1,5 warning: This is always true, also for 0" },
        { "if is_night == 1\nret 1\nend\nret 2", "1,13 warning: true or false and integer are never equal" },
        { "ret 1\nret 2", "2,1 warning: This line is never reached" },
        { "amount + 1\nret 1", "1,1 warning: This value is not used: `ret` is missing" },
        { "if is_night\nret 1\nelseif time > 5\nret 2\nend\nret 3", "3,1 error: `elseif` is no statement of the language: write `else if`\n3,1 warning: This line is never reached" },
    };

    [Theory]
    [Trait("Rule", "C17")]
    [MemberData(nameof(Traps))]
    public void every_trap_of_the_language_is_pointed_out(string text, string findings) => AssertFinds(text, findings);

    [Fact]
    [Trait("Rule", "C17")]
    public void an_editor_can_list_what_a_rule_may_use()
    {
        Assert.Contains(ScriptLibrary.Functions, function => function is { Name: "math.round", IsAllowedInRules: true, Parameters: [{ Name: "value" }, { Name: "precision", IsOptional: true }] });
        Assert.Contains(ScriptLibrary.Functions, function => function is { Name: "date.now", IsAllowedInRules: false });
        Assert.DoesNotContain(ScriptLibrary.Functions, function => function.Name.StartsWith("object.eval", StringComparison.Ordinal));
        Assert.Contains(Payment.Schema().Inputs, input => input is { Name: "time", Type: ScriptType.Integer, Description: "time of day as HHmm" });
    }

    private static void AssertFinds(string text, string findings)
    {
        var found = ScriptChecker.Check(text, Payment.Schema())
            .Select(finding => $"{finding.At.Line},{finding.At.Column} {(finding.Severity == Severity.Error ? "error" : "warning")}: {finding.Message}")
            .Order(StringComparer.Ordinal).ToList();
        var wanted = findings.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
        Assert.True(
            wanted.Count == found.Count && wanted.Zip(found).All(pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal)),
            $"wanted:\n{string.Join('\n', wanted)}\nfound:\n{string.Join('\n', found)}");
    }
}
