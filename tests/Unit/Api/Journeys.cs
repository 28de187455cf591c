using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Tests.Unit.Api;

internal static class Journeys
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 20);

    /// <summary>One of everything that a journey can tell.</summary>
    public static TradeJourney OnWorkList() => new(
        ApiOrders.Paying(),
        new EngineDirectory([ApiOrders.Merchant], [Channel()], []),
        [
            new JourneyTransition(
                At.AddSeconds(1),
                new Transition(
                    OrderLevel.InstitutionOrder, ApiOrders.InstitutionOrderId, "QueryExhausted",
                    InstitutionOrderStates.Unknown, InstitutionOrderStates.OnWorkList, "no answer"),
                "timer",
                "r-0"),
        ],
        [
            Entry("2001", "SIM1 owes us", -88_00, opening: -12_00, sequence: 9),
            Entry("1007", "Tickets", 88_00, opening: 0, sequence: 1),
        ],
        [new JourneyTimer(TimerKind.Posting, OrderLevel.Payment, ApiOrders.PaymentId, At.AddSeconds(5))],
        [
            new JourneyNotification(
                ApiOrders.Id(5), NotificationKind.PaymentFailed, NotificationState.Waiting, Attempts: 2,
                LastStatus: 500, LastError: null, At, DeliveredAt: null),
        ]);

    private static JourneyEntry Entry(string account, string name, long amount, long opening, long sequence) => new(
        ApiOrders.PaymentId, PostingKind.Payment, account, name,
        ApiOrders.Minor(amount), ApiOrders.Minor(opening), ApiOrders.Minor(opening + amount), sequence, Day);

    private static ChannelSettings Channel() => new()
    {
        Id = 1,
        Code = "SIM1",
        Name = "Simulated bank",
        Adapter = "simulator",
        Methods = [PaymentMethod.OnlineBanking],
        Priority = 1,
        Numbers = new NumberRule("01", DateStyle.FullYear, NumberAlphabet.Digits, 20, Fixed: true),
        Queries = QueryPlans.Always(QueryPlan.OnlineBanking),
        Idempotent = true,
    };
}
