using PaymentEngine.Core;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>Choices as orders show them.</summary>
internal static class Choices
{
    public static ExplainedChoice Split() => new(
        OrderId.Create(new DateOnly(2026, 11, 20), 3),
        OrderId.Create(new DateOnly(2026, 11, 20), 4),
        new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero),
        new Explanation(
            7,
            "one",
            "pay",
            WasProbe: false,
            [new ExplainedScript("night", 3, Failed: false)],
            [new ExplainedCandidate("one", 130, 100, 0), new ExplainedCandidate("two", 130, 50, -2)],
            [new ExplainedRemoval("three", "pay", RemovalReason.SingleLimit, "takes amounts to 500 CNY")]));
}
