using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

public sealed class RuleScriptTests
{
    [Theory]
    [Trait("Rule", "C5")]
    [InlineData(2355, "CMB", "1", 50)]
    [InlineData(30, "CMB", "1", 50)]
    [InlineData(2349, "CMB", "1", 130)]
    [InlineData(51, "CMB", "200002394692", 200)]
    [InlineData(2030, "PSBC", "1", 50)]
    [InlineData(300, "PSBC", "1", 50)]
    [InlineData(301, "PSBC", "200002394691", 200)]
    [InlineData(1200, "ICBC", "1", 130)]
    [InlineData(1200, null, null, 130)]
    public void the_priority_rule_decides_by_time_bank_and_merchant(long time, string? bank, string? merchant, int priority)
    {
        var rule = RuleScript.Compile(Payment.PriorityRule, Payment.Schema());
        var payment = new Payment(time, bank, merchant);
        Assert.True(rule.IsPlanned);
        Assert.Equal(Value.Of(priority), rule.Evaluate(payment));
        Assert.Equal(priority, rule.EvaluateNumber(payment));
        Assert.Equal(Value.Of(priority), rule.Evaluate(payment, new ScriptTrace()));
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void a_rule_does_not_go_on_with_what_is_no_date()
    {
        var script = Script.Parse("ret date.parse('yesterday').year");
        Assert.Equal("1", script.Evaluate().ToString());
        Assert.Throws<ScriptException>(() => script.Evaluate(options: EvaluationOptions.Rules));
    }

    [Fact]
    [Trait("Rule", "C5")]
    public void the_priority_rule_allocates_nothing()
    {
        var rule = RuleScript.Compile(Payment.PriorityRule, Payment.Schema());
        var payments = new[] { new Payment(2355, "CMB"), new Payment(2100, "PSBC"), new Payment(1200, "ICBC", "200002394691") };
        foreach (var payment in payments) rule.Evaluate(payment);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) rule.Evaluate(payments[i % 3]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Rules that run as a plan, which must say what the tree says.</summary>
    public static TheoryData<string> PlannedRules =>
    [
        "ret 1.5",
        "ret time",
        "ret time + 1",
        "ret time * time - 7 // 2 + time % 7",
        "ret amount * 0.006 + 0.1",
        "ret time / 7",
        "ret amount / 3",
        "ret is_night ? 1 : 2",
        "if !is_night\nret 3\nend\nret 4",
        "if amount > 100 && amount <= 1000.50\nret 1\nelse if amount == 100\nret 2\nend\nret 3",
        "if time > 600 && time < 2200\nret 1\nend\nret 0",
        "if time > 2200 || time < 600\nret 1\nend\nret 0",
        "if time <= 600 && time >= 2200\nret 1\nend\nret 0",
        "if target_inst == \"CMB\" || target_inst == \"ICBC\" || target_inst == \"PSBC\"\nret 1\nend\nret 0",
        "if target_inst != \"CMB\"\nret 1\nend\nret 0",
        "if target_inst == partner_id\nret 1\nend\nret 0",
        "if target_inst == null\nret 1\nend\nret 0",
        "if amount >= time\nret 1\nend\nret 0",
        "if (amount + 1) * 2 > time - 1\nret amount\nend\nret -amount + 1",
        "ret time * 9223372036854775807",
    ];

    [Theory]
    [MemberData(nameof(PlannedRules))]
    public void a_plan_says_what_the_tree_says(string text)
    {
        var rule = RuleScript.Compile(text, Payment.Schema());
        foreach (var time in new long[] { 0, 599, 600, 601, 2199, 2200, 2201, 2359 })
        {
            foreach (var bank in new[] { "CMB", "ICBC", "X", "1", null })
            {
                var payment = new Payment(time, bank, "1", time == 600 ? 100m : 1000.50m, time > 2000);
                Assert.Equal(rule.Evaluate(payment, new ScriptTrace()), rule.Evaluate(payment));
            }
        }
    }

    [Fact]
    public void a_number_that_the_plan_cannot_hold_is_computed_on_the_tree()
    {
        var rule = RuleScript.Compile("ret time * 9223372036854775807", Payment.Schema());
        Assert.True(rule.IsPlanned);
        Assert.Equal("92233720368547758070", rule.Evaluate(new Payment(10)).ToString());
        Assert.Equal(92233720368547758070m, rule.EvaluateNumber(new Payment(10)));
    }

    [Fact]
    public void a_division_by_zero_is_an_error_and_never_infinite()
    {
        var rule = RuleScript.Compile("ret amount / time", Payment.Schema());
        var fault = Assert.Throws<ScriptException>(() => rule.Evaluate(new Payment(0)));
        Assert.Equal(new ScriptError(new Position(1, 12), "Attempted to divide by zero"), Assert.Single(fault.Errors));
    }

    [Fact]
    public void rules_compute_with_decimals()
    {
        Assert.Equal("0.3", RuleScript.Compile("ret 0.1 + 0.2", Payment.Schema()).Evaluate(new Payment()).ToString());
        Assert.Equal("2.5", RuleScript.Compile("x = 5\nret x / 2", Payment.Schema()).Evaluate(new Payment()).ToString());
    }

    [Fact]
    public void what_a_plan_does_not_know_runs_on_the_tree()
    {
        const string Text = """
            score = 0
            for tag in tags
              score += tag == "vip" ? 10 : 1
            end
            if tags | array.contains target_inst
              score = 0
            end
            ret score + (math.round amount)
            """;
        var rule = RuleScript.Compile(Text, Payment.Schema());
        Assert.False(rule.IsPlanned);
        Assert.Equal(111, rule.EvaluateNumber(new Payment(Amount: 100.4m)));
    }

    [Fact]
    public void a_rule_with_errors_does_not_compile()
    {
        var fault = Assert.Throws<ScriptException>(() => RuleScript.Compile("ret tiem", Payment.Schema()));
        Assert.Equal(ScriptStage.Check, fault.Stage);
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void a_trace_names_each_condition_with_its_operands_and_the_line_that_returned()
    {
        var trace = new ScriptTrace();
        var rule = RuleScript.Compile(Payment.PriorityRule, Payment.Schema());
        rule.Evaluate(new Payment(1200, "ICBC", "200002394691"), trace);

        Assert.Equal(new Position(4, 3), trace.ReturnedAt);
        Assert.Equal(["false", "true", "200"], trace.Steps.Select(step => step.Outcome));
        Assert.Equal("partner_id == \"200002394692\" || partner_id == \"200002394691\"", trace.Steps[1].Text);
        Assert.Equal([new TraceOperand("partner_id", "200002394691")], trace.Steps[1].Operands);
        Assert.Equal(["time", "target_inst"], trace.Steps[0].Operands.Select(operand => operand.Text));
        Assert.Equal(["1200", "ICBC"], trace.Steps[0].Operands.Select(operand => operand.Value));
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void a_trace_says_what_was_returned_with_its_operands()
    {
        var trace = new ScriptTrace();
        RuleScript.Compile("ret time * 2 + 0.5", Payment.Schema()).Evaluate(new Payment(1200), trace);

        var step = Assert.Single(trace.Steps);
        Assert.Equal(("ret time * 2 + 0.5", "2400.5"), (step.Text, step.Outcome));
        Assert.Equal([new TraceOperand("time", "1200")], step.Operands);
    }

    [Fact]
    [Trait("Rule", "C17")]
    public void a_trace_shows_the_matching_branch_of_case()
    {
        var trace = new ScriptTrace();
        RuleScript.Compile("case target_inst\nwhen \"CMB\", \"ICBC\"\nret 1\nelse\nret 2\nend", Payment.Schema()).Evaluate(new Payment(), trace);
        Assert.Equal("when \"ICBC\"", trace.Steps[0].Text);
        Assert.Equal(new Position(3, 1), trace.ReturnedAt);
    }
}
