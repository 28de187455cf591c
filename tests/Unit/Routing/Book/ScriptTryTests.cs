using PaymentEngine.Routing.Book;
using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing.Book;

[Trait("Rule", "C17")]
public sealed class ScriptTryTests
{
    [Fact]
    public void a_script_is_tried_with_facts_that_somebody_made_up_and_shows_its_branches_C17()
    {
        var tried = ScriptTry.Run(
            ScriptPurpose.Score, "if time >= 2350 && target_inst == \"CMB\"\n  ret 50\nend\nret 130.5",
            new Dictionary<string, Value> { ["time"] = Value.Of(2355), ["target_inst"] = Value.Of("CMB") });

        Assert.Equal(("50", 2), (tried.Result, tried.Trace.ReturnedAt!.Value.Line));
        Assert.Equal(["true", "50"], tried.Trace.Steps.Select(step => step.Outcome));
        Assert.Contains(tried.Trace.Steps[0].Operands, operand => operand == new TraceOperand("time", "2355"));
    }

    [Fact]
    public void what_is_not_said_is_nothing_and_a_failure_is_told_with_its_place_C17()
    {
        Assert.Equal("true", ScriptTry.Run(ScriptPurpose.Find("resend")!, "ret sends == 0 && !is_refund && amount == 0", new Dictionary<string, Value>()).Result);

        var failed = ScriptTry.Run(ScriptPurpose.Score, "ret 1 / amount", new Dictionary<string, Value>());
        Assert.Null(failed.Result);
        Assert.NotEmpty(failed.Errors);
    }

    [Theory]
    [InlineData("a = [1]\nret a[5]", "must return a number")]
    [InlineData("ret 1 << 1000", "too large for a decimal")]
    public void what_would_fail_in_force_fails_here_too_C17(string text, string why)
    {
        var failed = ScriptTry.Run(ScriptPurpose.Score, text, new Dictionary<string, Value>());

        Assert.Null(failed.Result);
        Assert.Contains(why, Assert.Single(failed.Errors).Message, StringComparison.Ordinal);
    }
}
