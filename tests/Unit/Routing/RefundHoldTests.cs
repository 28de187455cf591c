using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Setup;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>Money that goes back waits for the end of maintenance, and for no longer.</summary>
[Trait("Rule", "C3")]
public sealed class RefundHoldTests
{
    private static readonly RoutedInterface Pay = Scene.Interface();
    private static readonly RoutedInterface Back = new() { Code = "refund", Operation = "refund" };

    [Fact]
    public void outside_of_maintenance_nothing_waits_C3() => Assert.Null(HoldOf(Channel(Back)));

    [Fact]
    public void a_channel_in_maintenance_is_waited_for_until_the_last_window_ends_C3() =>
        Assert.Equal(Until(5), HoldOf(Channel(Back) with { Windows = [Window(2), Window(5), Window(1)] }));

    [Fact]
    public void an_interface_that_is_open_is_enough_C3() =>
        Assert.Null(HoldOf(Channel(Back with { Windows = [Window(3)] }, Back with { Code = "slow" })));

    [Fact]
    public void of_closed_interfaces_the_first_to_open_counts_C3() =>
        Assert.Equal(Until(2), HoldOf(Channel(Back with { Windows = [Window(3)] }, Back with { Code = "slow", Windows = [Window(2)] })));

    [Fact]
    public void the_channel_and_its_interface_both_have_to_be_open_C3()
    {
        var early = Channel(Back with { Windows = [Window(4)] }) with { Windows = [Window(1)] };
        var late = Channel(Back with { Windows = [Window(1)] }) with { Windows = [Window(4)] };

        Assert.Equal((Until(4), Until(4)), (HoldOf(early), HoldOf(late)));
    }

    [Fact]
    public void maintenance_of_paying_holds_no_refund_C3() => Assert.Null(HoldOf(Scene.Channel("one") with { Interfaces = [Pay with { Windows = [Window(3)] }, Back] }));

    [Fact]
    public void a_window_for_another_institution_holds_nothing_C3() =>
        Assert.Null(HoldOf(Channel(Back) with { Windows = [Window(2) with { Institution = "PSBC" }] }));

    private static DateTimeOffset Until(int hours) => Scene.Noon.AddHours(hours);

    private static MaintenanceWindow Window(int hours) => new() { Begins = Scene.Noon.AddHours(-1), Ends = Until(hours) };

    private static RoutedChannel Channel(params RoutedInterface[] back) => Scene.Channel("one") with { Interfaces = [Pay, .. back] };

    private static DateTimeOffset? HoldOf(RoutedChannel channel) =>
        RefundHold.Of(Scene.Table(Scene.Setup(channel)).Channels[0], Scene.Facts() with { Operation = "refund" }, Scene.Noon)?.Until;
}
