using System.Globalization;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Explaining;

/// <summary>Says in words which rule removed a channel or an interface.</summary>
public static class RemovalWords
{
    public static string Of(Removal removal, RoutedChannel channel, RoutedInterface? known) => removal.Reason switch
    {
        RemovalReason.Disabled => "is switched off",
        RemovalReason.TriedBefore => "has failed for this payment already",
        RemovalReason.Feature => "wants " + Feature((known?.Features ?? channel.Features)[removal.Rule]),
        RemovalReason.Maintenance => "is in maintenance" + Reason((known?.Windows ?? channel.Windows)[removal.Rule]),
        RemovalReason.Backlog => $"has more than {channel.MaximumBacklog} orders waiting",
        RemovalReason.Reserve => "has not enough of our money",
        RemovalReason.CardMemory => "failed for this card a short while ago",
        RemovalReason.NoInterface => "has no interface left",
        RemovalReason.Operation => $"is for {known!.Operation}",
        RemovalReason.Institution => "does not reach the institution",
        RemovalReason.SingleLimit => "takes " + Single(known!.Limits[removal.Rule]) + With(known.Limits[removal.Rule]),
        RemovalReason.PeriodLimit => Period(known!.Limits[removal.Rule]) + With(known.Limits[removal.Rule]),
        RemovalReason.NoWeight => "has no weight",
        RemovalReason.NoAccount => "has no account in the currency",
        _ => throw new ArgumentOutOfRangeException(nameof(removal), removal, "unknown removal"),
    };

    private static string Feature(Feature feature) => feature.Operator switch
    {
        FeatureOperator.Equals => $"{feature.Element} = {feature.Values[0]}",
        FeatureOperator.NotEquals => $"{feature.Element} other than {feature.Values[0]}",
        FeatureOperator.Greater => $"{feature.Element} above {feature.Values[0]}",
        FeatureOperator.Less => $"{feature.Element} below {feature.Values[0]}",
        FeatureOperator.Between => $"{feature.Element} from {feature.Values[0]} to {feature.Values[1]}",
        FeatureOperator.In => $"{feature.Element} in {string.Join(", ", feature.Values)}",
        FeatureOperator.NotIn => $"{feature.Element} not in {string.Join(", ", feature.Values)}",
        FeatureOperator.Contains => $"{feature.Element} with '{feature.Values[0]}' in it",
        FeatureOperator.NotContains => $"{feature.Element} without '{feature.Values[0]}' in it",
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "unknown operator"),
    };

    private static string Reason(MaintenanceWindow window) => window.Reason is { } reason ? $": {reason}" : "";

    private static string Single(LimitRule limit) => (limit.SingleMinimum, limit.SingleMaximum) switch
    {
        ({ } minimum, { } maximum) => $"amounts from {Amount(minimum)} to {Amount(maximum)} {limit.Currency}",
        ({ } minimum, null) => $"amounts from {Amount(minimum)} {limit.Currency}",
        (null, { } maximum) => $"amounts to {Amount(maximum)} {limit.Currency}",
        _ => throw new InvalidOperationException($"limit {limit.Name} has no single bounds"),
    };

    private static string Period(LimitRule limit)
    {
        var most = string.Join(" or ", new[] { limit.Amount is { } amount ? $"{Amount(amount)} {limit.Currency}" : null, Orders(limit.Count) }.OfType<string>());
        var subject = limit.Per == LimitSubject.Channel ? "" : $" per {limit.Per.ToString().ToLowerInvariant()}";
        return $"has reached its limit '{limit.Name}' of {most} a {limit.Period.ToString()!.ToLowerInvariant()}{subject}";
    }

    private static string? Orders(long? count) => count is null ? null : count == 1 ? "1 order" : $"{count} orders";

    private static string With(LimitRule limit) => limit.Institution is { } institution ? $" with {institution}" : "";

    private static string Amount(decimal amount) => amount.ToString("#,##0.######", CultureInfo.InvariantCulture);
}
