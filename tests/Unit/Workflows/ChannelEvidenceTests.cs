using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>What outcomes say of the channel, of the card, and of what was carried.</summary>
public sealed class ChannelEvidenceTests
{
    private const ChannelSigns Succeeded = ChannelSigns.Well | ChannelSigns.Carried;

    private static readonly ChannelOutcome OutOfOrder = new ChannelOutcome.Failed("96", "system down", OfTheChannel: true);

    [Theory]
    [Trait("Rule", "C6")]
    [MemberData(nameof(Sends))]
    public void how_a_send_ends_counts_for_or_against_its_channel_or_neither_C6(ChannelOutcome outcome, ChannelSigns signs) =>
        Assert.Equal(signs == ChannelSigns.None ? [] : [signs], Journey.Started().Answer(outcome).Signs);

    public static TheoryData<ChannelOutcome, ChannelSigns> Sends() => new()
    {
        { Yes, Succeeded },
        { Later, ChannelSigns.None },
        { Silence, ChannelSigns.Ill },
        { OutOfOrder, ChannelSigns.Ill | ChannelSigns.KeepCardAway },
        { new ChannelOutcome.Failed("insufficient_funds", "no money"), ChannelSigns.InsufficientFunds },
        { new ChannelOutcome.Failed("wrong_password", "no"), ChannelSigns.KeepCardAway },
        { new ChannelOutcome.Failed("nobody_paid", "closed", Closed: true), ChannelSigns.None },
        { new ChannelOutcome.Failed("nobody_can", "closed", OfTheChannel: true, Closed: true), ChannelSigns.Ill | ChannelSigns.KeepCardAway },
        { NotSent, ChannelSigns.Ill },
        { new ChannelOutcome.NotSent("no place on the line", OfTheChannel: false), ChannelSigns.None },
        { new ChannelOutcome.Unknown("in progress", OfTheChannel: false), ChannelSigns.None },
        { new ChannelOutcome.Unknown("not mapped", new UnmappedCode(ChannelInterface.Pay, "U7", null, "U7")), ChannelSigns.None },
    };

    [Fact]
    [Trait("Rule", "C6")]
    public void a_send_counts_once_whatever_is_found_out_later_C6()
    {
        Assert.Equal([ChannelSigns.Ill, ChannelSigns.Carried], Journey.Started().Answer(Silence).Query(Silence).Query(Yes).Signs);
        Assert.Equal([ChannelSigns.Ill, ChannelSigns.KeepCardAway], Journey.Started().Answer(Silence).Query(OutOfOrder).Signs);
        Assert.Equal([ChannelSigns.Ill, ChannelSigns.Ill], Journey.Started().Answer(Silence).Query(NotKnown).Answer(Silence).Signs);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void a_success_counts_by_whatever_way_it_comes_first_and_only_then_C6()
    {
        Assert.Equal([Succeeded], Journey.Started().Callback(Yes).Answer(Yes).Callback(Yes).Signs);
        Assert.Equal([Succeeded], Journey.Started().Answer(Later).Query(Later).Query(Yes).Signs);
        Assert.Equal([Succeeded], Journey.Started().Query(Yes).Signs);
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void what_could_never_be_sent_keeps_the_card_away_when_it_is_given_up_C9()
    {
        var world = new FakeWorld();
        world.Channel = world.Channel with { MaximumSends = 1 };

        Assert.Equal([ChannelSigns.Ill, ChannelSigns.KeepCardAway], Journey.Started(world).Answer(NotSent).Signs);
    }

    [Fact]
    [Trait("Rule", "C10")]
    public void money_that_moved_after_all_was_carried_C10() =>
        Assert.Equal([ChannelSigns.KeepCardAway, ChannelSigns.Carried], Journey.Started().Answer(No).Callback(Yes).Signs);

    [Fact]
    [Trait("Rule", "C6")]
    public void refunds_say_nothing_of_the_channel_that_is_chosen_for_payments_C6()
    {
        var journey = Journey.Started().Answer(No).Callback(Yes);
        journey.Signs.Clear();

        journey.Answer(Silence, journey.RefundOrder);
        Assert.Empty(journey.Signs);
    }
}
