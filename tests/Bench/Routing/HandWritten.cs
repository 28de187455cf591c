using System.Collections.Frozen;
using System.Globalization;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Bench.Routing;

/// <summary>
/// The yardstick: the same choice as a loop that somebody wrote for this one setup. It looks at the same features,
/// limits and scores, and says nothing of its reasons; it has no turns, no health that ails, and nothing of it can be edited.
/// </summary>
internal sealed class HandWritten(RouteTable table, IReadOnlyList<ChannelPlan> ofClass, UsualConditions conditions)
{
    private readonly (ChannelPlan Plan, Test[] Tests, Test[][] OfInterfaces, decimal Stability)[] _channels =
    [
        .. ofClass.Select(plan => (
            plan,
            TestsOf(plan.Setup.Features),
            plan.Interfaces.Select(known => TestsOf(known.Setup.Features)).ToArray(),
            plan.Setup.Priority.Sum(part => part.Value ?? 0))),
    ];

    private readonly string?[] _texts = new string?[Elements.All.Count];
    private readonly decimal[] _numbers = new decimal[Elements.All.Count];

    /// <summary>How many channels are left, and the heaviest of the highest priority.</summary>
    public (int Left, ChannelPlan? Chosen) Choose(RouteFacts facts)
    {
        Read(facts);
        var (left, best, heaviest) = (0, -1m, -1m);
        ChannelPlan? chosen = null;
        foreach (ref readonly var channel in _channels.AsSpan())
        {
            if (!Holds(channel.Tests) || conditions.FailedForCard(facts.Card, channel.Plan.Code) || !HasInterface(channel.Plan, channel.OfInterfaces, facts))
            {
                continue;
            }

            left++;
            var cost = channel.Plan.Cost!.Of(facts.MajorAmount, conditions.VolumeOf(channel.Plan.Code));
            var priority = Priority(facts) + channel.Stability;
            var weight = Weight(cost, conditions.HealthOf(channel.Plan.Code, facts.TargetInstitution));
            if (priority > best || (priority == best && weight > heaviest))
            {
                (best, heaviest, chosen) = (priority, weight, table.Channels[channel.Plan.Index]);
            }
        }

        return (left, chosen);
    }

    private static decimal Priority(RouteFacts facts)
    {
        var time = facts.Time;
        return ((time >= 2350 || time <= 50) && facts.TargetInstitution == "CMB") || ((time >= 2030 || time <= 300) && facts.TargetInstitution == "PSBC") ? 50
            : facts.Merchant is "200002394692" or "200002394691" ? 200 : 130;
    }

    private static decimal Weight(decimal cost, int health) => health < -5 ? 10 : cost > 5 ? 50 : 150 - cost * 20;

    private bool HasInterface(ChannelPlan channel, Test[][] tests, RouteFacts facts)
    {
        var any = false;
        for (var i = 0; i < tests.Length; i++)
        {
            var known = channel.Interfaces[i];
            any |= known.Setup.Operation == facts.Operation && Holds(tests[i]) && Fits(channel, known, facts);
        }

        return any;
    }

    private bool Fits(ChannelPlan channel, InterfacePlan known, RouteFacts facts)
    {
        foreach (var limit in known.Limits)
        {
            if (facts.Amount.Minor < limit.SingleMinimum || facts.Amount.Minor > limit.SingleMaximum
                || (limit.HasCounter && !conditions.Fits(channel, known, limit, facts)))
            {
                return false;
            }
        }

        return true;
    }

    private void Read(RouteFacts facts)
    {
        for (var i = 0; i < Elements.All.Count; i++)
        {
            var element = Elements.All[i];
            if (element.Text is { } text)
            {
                _texts[i] = text(facts);
            }
            else
            {
                _numbers[i] = element.Number!(facts);
            }
        }
    }

    private bool Holds(Test[] tests)
    {
        foreach (ref readonly var test in tests.AsSpan())
        {
            var text = _texts[test.Element];
            var holds = test.Operator switch
            {
                FeatureOperator.Equals => text == test.Text,
                FeatureOperator.NotEquals => text != test.Text,
                FeatureOperator.In when test.Texts is { } texts => text is not null && texts.Contains(text),
                FeatureOperator.In => Array.IndexOf(test.Numbers, _numbers[test.Element]) >= 0,
                FeatureOperator.NotIn => text is null || !test.Texts!.Contains(text),
                FeatureOperator.Greater => _numbers[test.Element] > test.Numbers[0],
                FeatureOperator.Between => _numbers[test.Element] >= test.Numbers[0] && _numbers[test.Element] <= test.Numbers[1],
                FeatureOperator.NotContains => text?.Contains(test.Text, StringComparison.Ordinal) != true,
                _ => throw new InvalidOperationException($"the setup has no {test.Operator}"),
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private static Test[] TestsOf(IEnumerable<Feature> features) => [.. features.Select(feature =>
    {
        var element = Elements.Find(feature.Element)!;
        var isText = element.Text is not null;
        return new Test(
            Elements.All.ToList().IndexOf(element),
            feature.Operator,
            feature.Values[0],
            isText ? feature.Values.ToFrozenSet() : null,
            isText ? [] : [.. feature.Values.Select(value => decimal.Parse(value, CultureInfo.InvariantCulture))]);
    })];

    private readonly record struct Test(int Element, FeatureOperator Operator, string Text, FrozenSet<string>? Texts, decimal[] Numbers);
}
