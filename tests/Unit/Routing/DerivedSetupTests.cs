using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Tests.Unit.Workflows;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>As long as operations have said nothing about routing, the channel table is the setup.</summary>
[Trait("Rule", "C1")]
public sealed class DerivedSetupTests
{
    private static readonly ChannelSettings First = new FakeWorld().Channel with { Methods = [PaymentMethod.Quick, PaymentMethod.Wallet] };
    private static readonly ChannelSettings Second = FakeWorld.Beside(First);

    [Fact]
    public void the_highest_priority_that_carries_the_method_is_chosen_C1() =>
        Assert.Equal(["best", "best"], Chosen(First, Second with { Priority = 2 }));

    [Fact]
    public void equals_take_turns_C5() => Assert.Equal(["acme", "best"], Chosen(First, Second));

    [Fact]
    public void who_is_switched_off_or_carries_another_method_is_not_asked_C1() =>
        Assert.Equal(["acme", "acme"], Chosen(First, Second with { Enabled = false }, FakeWorld.Beside(First) with { Id = 13, Code = "other", Methods = [PaymentMethod.OnlineBanking] }));

    private static IEnumerable<string?> Chosen(params ChannelSettings[] channels)
    {
        var router = new Router(Scene.Table(DerivedSetup.Of(new EngineDirectory([], channels, []))));
        return [router.Route().Channel?.Code, router.Route().Channel?.Code];
    }
}
