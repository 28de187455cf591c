using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using Xunit;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>A code that nobody has mapped: it decides nothing, and the order waits for its meaning.</summary>
[Trait("Rule", "C11")]
public sealed class UnmappedCodeTests
{
    private static readonly UnmappedCode Code = new(ChannelInterface.Pay, "U7001", SubCode: null, """{"code":"U7001"}""");

    private static readonly ChannelOutcome NobodyKnows = new ChannelOutcome.Unknown("code U7001 is not mapped", Code);

    [Fact]
    public void the_order_stays_open_and_waits_for_the_code_C11()
    {
        var journey = Journey.Started().Answer(NobodyKnows);

        Assert.Equal(InstitutionOrderStates.Unknown, journey.Order.State);
        Assert.Equal([new CodeWait(journey.Order, Code)], journey.CodeWaits);
        Assert.NotNull(journey.TimerIn(journey.Order, TimerKind.Query));
    }

    [Fact]
    public void what_was_accepted_stays_accepted_and_waits_C11()
    {
        var journey = Journey.Started().Answer(new ChannelOutcome.Accepted(null, "ok")).Callback(NobodyKnows);

        Assert.Equal(InstitutionOrderStates.Accepted, journey.Order.State);
        Assert.Equal([new CodeWait(journey.Order, Code)], journey.CodeWaits);
    }

    [Fact]
    public void it_waits_no_longer_once_its_end_is_certain_C11()
    {
        var paid = Journey.Started().Answer(NobodyKnows).Query(new ChannelOutcome.Succeeded(Journey.Price, "ref", "ok"));
        var failed = Journey.Started().Query(NobodyKnows).Query(new ChannelOutcome.Failed("no", "no"));

        Assert.Equal([new CodeWait(paid.Order, Code), new CodeWait(paid.Order, null)], paid.CodeWaits);
        Assert.Equal([new CodeWait(failed.Order, Code), new CodeWait(failed.Order, null)], failed.CodeWaits);
    }

    [Fact]
    public void an_order_that_never_waited_writes_nothing_about_codes_C11() =>
        Assert.Empty(Journey.Started().Answer(new ChannelOutcome.Succeeded(Journey.Price, "ref", "ok")).CodeWaits);

    [Fact]
    public void what_arrived_on_the_work_list_ends_when_its_answer_is_understood_C11()
    {
        var journey = Journey.Started().Answer(NobodyKnows);
        while (journey.Order.State != InstitutionOrderStates.OnWorkList)
        {
            journey.Query(NobodyKnows);
        }

        journey.QueryByHand(NobodyKnows);
        Assert.Equal(InstitutionOrderStates.OnWorkList, journey.Order.State);
        Assert.NotEmpty(journey.WorkList);

        journey.QueryByHand(new ChannelOutcome.Failed("insufficient_funds", "no"));
        Assert.Equal("insufficient_funds", journey.Payment.Failure);
        Assert.Empty(journey.WorkList);
    }
}
