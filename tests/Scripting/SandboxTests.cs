using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

/// <summary>Every known way to kill a script engine ends in a clear error, and does not take the memory of the process.</summary>
public sealed class SandboxTests
{
    private const long MaxAllocated = 20 * 1024 * 1024;

    public static TheoryData<string, string, string> Attacks => new()
    {
        { "50,000 open parentheses", new string('(', 50_000), "nested too deeply" },
        { "a huge exponent", "1e99999999", "out of range" },
        { "a range piped to size", "1..1000000000 | array.size", "takes too long" },
        { "a range that is printed", "x = 1..1000000000\n'' + x", "too" },
        { "string doubling", "s = 'ab'\nwhile true\ns = s + s\nend", "too much memory" },
        { "squaring again and again", "x = 3\nwhile true\nx = x * x\nend", "too large" },
        { "multiplying large numbers", "x = 1 << 8000\nwhile true\ny = x * x\nend", "takes too long" },
        { "printing large numbers", "x = 1 << 16000\nwhile true\ny = '' + x\nend", "too" },
        { "an endless while", "while true\nend", "takes too long" },
        { "a long for", "for i in 1..1000000000\nend", "takes too long" },
        { "deep recursion", "f(x) = f(x + 1)\nf(1)", "recursive depth" },
        { "a wrapped block that runs itself", "func f\n$$\nwrap f\n$$\nend\nend\nwrap f\nf\nend", "recursive depth" },
        { "a table without end", "tablerow x in 1..1000000000\nend", "too" },
        { "recursion through a built-in", "func f\nret [1] | array.each @f\nend\nf", "recursive depth" },
        { "a catastrophic regex", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$'", "regular expressions take too long" },
        { "many slow regexes", "while true\nx = ('a' * 5000) + '!' | regex.match '(a|aa)*b'\nend", "too" },
        { "8 KB of nested brackets", new string('[', 4_096) + new string(']', 4_096), "nested too deeply" },
        { "8 KB of nested braces", string.Concat(Enumerable.Repeat("{a:", 2_730)), "nested too deeply" },
        { "nested statements", string.Concat(Enumerable.Repeat("if x\n", 5_000)), "nested too deeply" },
        { "a chain of else if", "if x\n" + string.Concat(Enumerable.Repeat("else if x\n", 5_000)) + "end", "too long" },
        { "a chain of operators", "1" + string.Concat(Enumerable.Repeat("+1", 20_000)), "too long" },
        { "a chain of members", "a" + string.Concat(Enumerable.Repeat(".b", 20_000)), "too long" },
        { "a chain of pipes", "1" + string.Concat(Enumerable.Repeat("|f", 20_000)), "too long" },
        { "a chain of negations", new string('!', 50_000) + "x", "nested too deeply" },
        { "nested interpolated strings", string.Concat(Enumerable.Repeat("$\"{", 3_000)), "not closed" },
        { "a script that is too long", new string(' ', 100_000), "too long" },
        { "padding", "'x' | string.pad_left 1000000000", "too much memory" },
        { "repeating a string", "'a' * 1000000000", "too much memory" },
        { "repeating a list", "[1, 2] * 1000000000", "too much memory" },
        { "an index far away", "a = []\na[1000000000] = 1", "too much memory" },
        { "a format that is long", "255 | math.format 'D999999999'", "too long" },
        { "a shift", "1 << 1000000000", "too large" },
        { "list doubling", "a = [1]\nwhile true\na = a + a\nend", "too much memory" },
        { "many members", "o = {}\ni = 0\nwhile true\no['k' + i] = i\ni++\nend", "too much memory" },
        { "replacement that grows", "s = 'aaaa'\nwhile true\ns = s | string.replace 'a' 'aaaa'\nend", "too much memory" },
        { "a list in itself", "a = []\na[0] = a\na[1] = a\n'' + a", "too" },
        { "capture that grows", "capture x\nwhile true\n'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\nend\nend", "too" },
        { "sorting again and again", "x = (1..20000) | array.reverse\nwhile true\ny = x | array.sort\nend", "too" },
        { "comparing long texts", "a = 'x' * 500000\nb = 'x' * 499999 + 'x'\nwhile a == b\nend", "takes too long" },
        { "ordering long texts", "a = 'x' * 500000\nb = 'x' * 499999 + 'x'\nwhile a <= b\nend", "takes too long" },
        { "searching long texts", "a = 'x' * 500000\nb = 'x' * 250000 + 'y' + 'x' * 9999\nwhile true\nc = a | string.contains b\nend", "takes too long" },
        { "splitting a long text", "a = ('a,' * 900000) | string.split ','", "too much memory" },
        { "escaping a long text", "a = ('\"' * 1000000) | string.escape | string.escape", "too much memory" },
        { "arguments from a range", "f = do; end\nf ^(1..1000000000)", "too" },
    };

    [Theory]
    [Trait("Rule", "C17")]
    [MemberData(nameof(Attacks))]
    public void an_attack_ends_in_a_clear_error_and_takes_little_memory(string name, string text, string says)
    {
        Assert.NotEmpty(name);
        _ = Assert.Throws<ScriptException>(() => Run("nothing 1"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<ScriptException>(() => Run(text));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(says, fault.Errors[0].Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, MaxAllocated);
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void nothing_leaks_from_one_evaluation_to_the_next()
    {
        var script = Script.Parse("[x, $y, array.cycle ['a', 'b'], 1]");
        Script.Parse("x = 1\n$y = 2\narray.cycle ['a', 'b']\ndate.format = '%Y'").Evaluate();
        Assert.Equal("[null, null, \"a\", 1]", script.Evaluate().ToString());
        Assert.Equal("[null, null, \"a\", 1]", script.Evaluate().ToString());
        Assert.Equal("05 Jan 2016", Script.Parse("'' + (date.parse '2016/01/05')").Evaluate().ToString());
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void what_a_script_writes_never_reaches_the_model_of_the_host()
    {
        var user = new ScriptObject { ["name"] = Value.Of("Ann"), ["tags"] = Value.Of(new ScriptArray([Value.Of("a")])) };
        user["self"] = Value.Of(user);
        var model = new ScriptObject { ["user"] = Value.Of(user) };
        Script.Parse("x = 1\nuser.name = 'Bob'\nuser.tags[0] = 'b'\nuser.self.more = 1\nthis.y = 2").Evaluate(model);
        Assert.Equal(["user"], model.Names.ToArray());
        Assert.Equal(["name", "tags", "self"], user.Names.ToArray());
        Assert.Equal("Ann a", Script.Parse("user.self.name + ' ' + user.tags[0]").Evaluate(model).ToString());
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void an_evaluation_that_failed_leaves_nothing_behind()
    {
        Assert.Throws<ScriptException>(() => Run("func f(a)\nx = 1\nfor i in 1..3\nnothing 1\nend\nend\nf 1"));
        Assert.Equal("[null, null, null]", Script.Parse("[a, x, i]").Evaluate().ToString());
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void a_list_of_the_host_cannot_be_changed_by_a_script()
    {
        var list = new ScriptArray([Value.Of(1)]) { IsReadOnly = true };
        var model = new ScriptObject { ["list"] = Value.Of(list) };
        Assert.Throws<ScriptException>(() => Script.Parse("list[0] = 2").Evaluate(model));
        Assert.Throws<ScriptException>(() => Script.Parse("list.x = 2").Evaluate(model));
        Assert.Equal(1, list.Count);
    }

    private static void Run(string text) => Script.Parse(text).Render();
}
