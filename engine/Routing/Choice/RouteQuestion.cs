using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;

namespace PaymentEngine.Routing.Choice;

/// <summary>A transaction that needs a channel.</summary>
/// <param name="Tried">Channels on which it has failed already.</param>
public sealed record RouteQuestion(RouteFacts Facts, DateTimeOffset Now, IRouteConditions Conditions, IReadOnlyCollection<string> Tried)
{
    public bool IsPayout => Facts.Operation == "payout";
}
