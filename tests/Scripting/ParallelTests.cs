using PaymentEngine.Scripting;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

public sealed class ParallelTests
{
    [Fact]
    public void one_script_may_run_on_many_threads_at_once()
    {
        var rule = RuleScript.Compile(
            "f(x) = x + time\nsum = 0\nfor tag in tags\nsum += f(tag.size)\nend\nret sum + amount", Payment.Schema());
        Parallel.For(0, 20_000, i =>
        {
            var payment = new Payment(i, Amount: i) { Tags = i % 2 == 0 ? ["a", "bb"] : ["ccc"] };
            var expected = i % 2 == 0 ? 3 + (2 * i) + i : 3 + i + i;
            Assert.Equal(expected, rule.EvaluateNumber(payment));
        });
    }
}
