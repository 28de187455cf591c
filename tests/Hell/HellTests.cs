using Xunit.Abstractions;

namespace PaymentEngine.Tests.Hell;

public sealed class HellTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Slow")]
    [Trait("Rule", "C12")]
    [Trait("Rule", "C13")]
    [Trait("Rule", "C15")]
    [Trait("Rule", "M1")]
    [Trait("Rule", "N1")]
    [Trait("Rule", "O4")]
    public async Task Three_hundred_orders_go_through_hell_and_none_is_lost_doubled_or_wrongly_failed()
    {
        var report = await HellRun.RunAsync(new HellOptions { Orders = 300, Speed = 2_000 }, output.WriteLine);

        output.WriteLine(report.ToString());
        Assert.True(report.IsGreen, report.ToString());
    }
}
