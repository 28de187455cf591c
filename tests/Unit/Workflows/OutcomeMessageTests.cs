using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows.Messages;
using Xunit;
using static PaymentEngine.Tests.Unit.Workflows.Outcomes;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>What is certain depends on how it was learned.</summary>
public sealed class OutcomeMessageTests
{
    private static readonly OrderId Order = OrderId.Create(FakeWorld.Day, 1);

    private static readonly DateTimeOffset AskedAt = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Cases))]
    public void every_outcome_has_its_message_by_the_way_it_came(
        ChannelOutcome outcome, OrderMessage ofSend, OrderMessage ofQuery, OrderMessage ofCallback)
    {
        Assert.Equal(ofSend, OutcomeMessages.OfSend(Order, 2, outcome));
        Assert.Equal(ofQuery, OutcomeMessages.OfQuery(Order, outcome, AskedAt));
        Assert.Equal(ofCallback, OutcomeMessages.OfCallback(Order, outcome));
    }

    public static TheoryData<ChannelOutcome, OrderMessage, OrderMessage, OrderMessage> Cases() => new()
    {
        {
            Yes,
            new InstitutionSucceeded(Order, Journey.Price, "ref-1", "00", FromQuery: false),
            new InstitutionSucceeded(Order, Journey.Price, "ref-1", "00", FromQuery: true),
            new InstitutionSucceeded(Order, Journey.Price, "ref-1", "00", FromQuery: false)
        },
        {
            No,
            new InstitutionFailed(Order, "51", "insufficient funds", OfTheChannel: false, Closed: false, FromQuery: false),
            new InstitutionFailed(Order, "51", "insufficient funds", OfTheChannel: false, Closed: false, FromQuery: true),
            new InstitutionFailed(Order, "51", "insufficient funds", OfTheChannel: false, Closed: false, FromQuery: false)
        },
        {
            Later,
            new InstitutionAccepted(Order, "ref-1", "03", FromQuery: false),
            new InstitutionAccepted(Order, "ref-1", "03", FromQuery: true),
            new InstitutionAccepted(Order, "ref-1", "03", FromQuery: false)
        },
        {
            Silence,
            new OutcomeUnknown(Order, "time-out", FromQuery: false, OfTheChannel: true),
            new OutcomeUnknown(Order, "time-out", FromQuery: true),
            new OutcomeUnknown(Order, "time-out", FromQuery: false)
        },
        {
            NotSent,
            new NothingWasSent(Order, 2, "connection refused", OfTheChannel: true),
            new OutcomeUnknown(Order, "not asked: connection refused", FromQuery: true),
            new OutcomeUnknown(Order, "not asked: connection refused", FromQuery: false)
        },
        {
            NotKnown,
            new OutcomeUnknown(Order, "number not known: 34", FromQuery: false),
            new InstitutionDoesNotKnow(Order, "34", AskedAt),
            new OutcomeUnknown(Order, "number not known: 34", FromQuery: false)
        },
    };
}
