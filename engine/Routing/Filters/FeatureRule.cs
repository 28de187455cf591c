using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Filters;

/// <summary>A feature ready to be asked (C2). An element that the transaction has not equals nothing and is contained in nothing.</summary>
public abstract class FeatureRule
{
    public abstract bool Holds(RouteFacts facts);

    /// <summary>Null and an error when the feature says nothing that could be asked.</summary>
    public static FeatureRule? TryCompile(Feature feature, out string? error)
    {
        error = null;
        if (Elements.Find(feature.Element) is not { } element)
        {
            error = $"'{feature.Element}' is no element; there are {string.Join(", ", Elements.All.Select(known => known.Name))}";
            return null;
        }

        error = WhyNotSoMany(feature);
        return error is not null ? null
            : element.Number is { } number ? NumberRule(element, number, feature, out error)
            : TextRule(element.Text!, feature, out error);
    }

    private static string? WhyNotSoMany(Feature feature) => (feature.Operator, feature.Values.Count) switch
    {
        (FeatureOperator.In or FeatureOperator.NotIn, 0) => "a list of values is needed",
        (FeatureOperator.In or FeatureOperator.NotIn, _) => null,
        (FeatureOperator.Between, not 2) => "two values are needed, from and to",
        (FeatureOperator.Between, _) => null,
        (_, not 1) => "one value is needed",
        _ => null,
    };

    private static FeatureRule? TextRule(Func<RouteFacts, string?> read, Feature feature, out string? error)
    {
        var values = feature.Values;
        error = null;
        switch (feature.Operator)
        {
            case FeatureOperator.Equals:
                return new TextEquals(read, values[0], Wanted: true);
            case FeatureOperator.NotEquals:
                return new TextEquals(read, values[0], Wanted: false);
            case FeatureOperator.In:
                return new TextIn(read, values.ToFrozenSet(StringComparer.Ordinal), Wanted: true);
            case FeatureOperator.NotIn:
                return new TextIn(read, values.ToFrozenSet(StringComparer.Ordinal), Wanted: false);
            case FeatureOperator.Contains:
                return new TextContains(read, values[0], Wanted: true);
            case FeatureOperator.NotContains:
                return new TextContains(read, values[0], Wanted: false);
            default:
                error = $"'{feature.Element}' is a text: it is not greater, less or between";
                return null;
        }
    }

    private static FeatureRule? NumberRule(Element element, Func<RouteFacts, decimal> read, Feature feature, out string? error)
    {
        var numbers = new decimal[feature.Values.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!decimal.TryParse(feature.Values[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[i]))
            {
                error = $"'{feature.Values[i]}' is not a number, and '{feature.Element}' is one";
                return null;
            }
        }

        if (feature.Operator == FeatureOperator.Between && numbers[0] > numbers[1] && !element.ComesRound)
        {
            error = $"{feature.Values[0]} is above {feature.Values[1]}: between goes from the lower to the higher";
            return null;
        }

        var rule = element.Whole is { } whole && Array.TrueForAll(numbers, IsWhole)
            ? NumberRule(whole, Array.ConvertAll(numbers, decimal.ToInt64), feature.Operator)
            : NumberRule(read, numbers, feature.Operator);
        error = rule is null ? $"'{feature.Element}' is a number: it contains nothing" : null;
        return rule;
    }

    private static bool IsWhole(decimal number) => decimal.IsInteger(number) && Math.Abs(number) <= long.MaxValue;

    private static FeatureRule? NumberRule<T>(Func<RouteFacts, T> read, T[] values, FeatureOperator wanted)
        where T : struct, IComparisonOperators<T, T, bool> => wanted switch
        {
            FeatureOperator.Equals or FeatureOperator.In => new NumberIn<T>(read, values, Wanted: true),
            FeatureOperator.NotEquals or FeatureOperator.NotIn => new NumberIn<T>(read, values, Wanted: false),
            FeatureOperator.Greater => new NumberIsAbove<T>(read, values[0]),
            FeatureOperator.Less => new NumberIsBelow<T>(read, values[0]),
            FeatureOperator.Between => new NumberIsBetween<T>(read, values[0], values[1]),
            _ => null,
        };

    private sealed class TextEquals(Func<RouteFacts, string?> read, string value, bool Wanted) : FeatureRule
    {
        public override bool Holds(RouteFacts facts) => string.Equals(read(facts), value) == Wanted;
    }

    private sealed class TextIn(Func<RouteFacts, string?> read, FrozenSet<string> values, bool Wanted) : FeatureRule
    {
        public override bool Holds(RouteFacts facts) => (read(facts) is { } text && values.Contains(text)) == Wanted;
    }

    private sealed class TextContains(Func<RouteFacts, string?> read, string value, bool Wanted) : FeatureRule
    {
        public override bool Holds(RouteFacts facts) => (read(facts)?.Contains(value, StringComparison.Ordinal) ?? false) == Wanted;
    }

    private sealed class NumberIn<T>(Func<RouteFacts, T> read, T[] values, bool Wanted) : FeatureRule
    {
        public override bool Holds(RouteFacts facts) => Array.IndexOf(values, read(facts)) >= 0 == Wanted;
    }

    private sealed class NumberIsAbove<T>(Func<RouteFacts, T> read, T bound) : FeatureRule
        where T : IComparisonOperators<T, T, bool>
    {
        public override bool Holds(RouteFacts facts) => read(facts) > bound;
    }

    private sealed class NumberIsBelow<T>(Func<RouteFacts, T> read, T bound) : FeatureRule
        where T : IComparisonOperators<T, T, bool>
    {
        public override bool Holds(RouteFacts facts) => read(facts) < bound;
    }

    /// <summary>Both ends are in. From above to, as 2350 to 50 on the clock, goes over the end and begins anew, where the element does.</summary>
    private sealed class NumberIsBetween<T>(Func<RouteFacts, T> read, T from, T to) : FeatureRule
        where T : IComparisonOperators<T, T, bool>
    {
        public override bool Holds(RouteFacts facts)
        {
            var number = read(facts);
            return from <= to ? number >= from && number <= to : number >= from || number <= to;
        }
    }
}
