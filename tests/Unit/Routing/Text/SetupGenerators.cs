using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Tests.Unit.Routing.Text;

/// <summary>Setups of all shapes. They need not make sense: the text form says what they say, sense or not.</summary>
internal static class SetupGenerators
{
    private static readonly Gen<string> Words = Gen.Elements(
        "A", "sim-card", "0812", "true", "null", "no", "~", "50", "-1.5", "1e5", "#", "- a", "a: b", "a #b", "[", "{x}", "'", "\"q\"", "\\n", "*a", "&b", "!c",
        "招商银行", "中国\n银行", " lead", "trail ", "e\u0301", "\u00a0", "\u2028", "😀", "%", "@", "`", "|", ">", "2026-01-01", "12:30", "?", "<<", "a.b[c]");

    private static readonly Gen<decimal> Numbers = Gen.Elements(0m, 1m, 0.5m, -20m, 100m, 12.345678m, 999_999_999_999m, 0.0001m);

    private static readonly Gen<IReadOnlyList<Score>> Scores = ListOf(Gen.OneOf(
        from category in Words from value in Numbers select new Score { Category = category, Value = value },
        from category in Gen.Elements("base", "cost") from script in Words select new Score { Category = category, Script = script },
        Gen.Constant(Score.Usual)));

    private static readonly Gen<Feature> Features =
        from element in Gen.Elements("amount", "target_inst", "time", "colour")
        from how in Gen.Elements(Enum.GetValues<FeatureOperator>())
        from values in ListOf(Words)
        select new Feature { Element = element, Operator = how, Values = values };

    private static readonly Gen<MaintenanceWindow> Windows =
        from begins in Maybe(Gen.Choose(0, 100_000_000).Select(s => new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(s % 14)).AddSeconds(s)))
        from days in ListOf(Gen.Elements(Enum.GetValues<DayOfWeek>()))
        from time in Maybe(Gen.Choose(0, 86_399).Select(s => TimeOnly.MinValue.Add(TimeSpan.FromSeconds(s))))
        from institution in MaybeWord()
        from reason in MaybeWord()
        select new MaintenanceWindow { Begins = begins, Ends = begins?.AddMilliseconds(1_500), Days = days, From = time, To = time?.AddMinutes(5), Institution = institution, Reason = reason };

    private static readonly Gen<LimitRule> Limits =
        from name in Words
        from numbers in Gen.ArrayOf(Maybe(Numbers), 3)
        from count in Maybe(Gen.Choose(0, 9).Select(n => (long)n))
        from period in Maybe(Gen.Elements(Enum.GetValues<LimitPeriod>()))
        from per in Gen.Elements(Enum.GetValues<LimitSubject>())
        from institution in MaybeWord()
        select new LimitRule
        {
            Name = name, Currency = "CNY", Institution = institution, SingleMinimum = numbers[0], SingleMaximum = numbers[1], Period = period, Per = per,
            Amount = numbers[2], Count = count,
        };

    private static readonly Gen<RoutedInterface> Interfaces =
        from code in Words
        from isEnabled in Gen.Elements(true, false)
        from priority in Scores
        from weight in Scores
        from features in ListOf(Features)
        from limits in ListOf(Limits)
        from institutions in ListOf(Words)
        from names in ListOf(Words)
        select new RoutedInterface
        {
            Code = code, Operation = "pay", Enabled = isEnabled, Priority = priority, Weight = weight, Features = features, Limits = limits,
            Institutions = institutions, Attributes = names.Distinct().Order(StringComparer.Ordinal).ToDictionary(name => name, name => $"{name} value"),
        };

    private static readonly Gen<CostTier> Tiers =
        from numbers in Gen.ArrayOf(Numbers, 3)
        from bounds in Gen.ArrayOf(Maybe(Numbers), 2)
        select new CostTier { FromVolume = numbers[0], Fixed = numbers[1], Percent = Math.Clamp(numbers[2], -100, 100), Minimum = bounds[0], Maximum = bounds[1] };

    private static readonly Gen<RoutedChannel> Channels =
        from code in Words
        from isEnabled in Gen.Elements(true, false)
        from scores in Gen.ArrayOf(Scores, 2)
        from features in ListOf(Features)
        from windows in ListOf(Windows)
        from tiers in Gen.OneOf(Gen.Constant<IReadOnlyList<CostTier>?>(null), ListOf(Tiers).Select(it => (IReadOnlyList<CostTier>?)it))
        from backlog in Maybe(Gen.Choose(0, 1_000))
        from memory in Gen.Choose(0, 1_000_000_000)
        from interfaces in ListOf(Interfaces)
        select new RoutedChannel
        {
            Code = code, Enabled = isEnabled, Priority = scores[0], Weight = scores[1], Features = features, Windows = windows,
            Cost = tiers is null ? null : new ChannelCost { Tiers = tiers }, MaximumBacklog = backlog,
            CardMemory = memory % 3 == 0 ? TimeSpan.FromMinutes(30) : TimeSpan.FromMilliseconds(memory), Interfaces = interfaces,
        };

    private static readonly Gen<PaymentClass> Classes =
        from mode in Words
        from kind in MaybeWord()
        from terminal in MaybeWord()
        from channels in ListOf(Words)
        select new PaymentClass { Mode = mode, CardKind = kind, Terminal = terminal, Channels = channels };

    public static Gen<RoutingSetup> Setups { get; } =
        from classes in ListOf(Classes)
        from channels in ListOf(Channels)
        select new RoutingSetup { Classes = classes, Channels = channels };

    private static Gen<IReadOnlyList<T>> ListOf<T>(Gen<T> items) =>
        Gen.Choose(0, 3).SelectMany(count => Gen.ArrayOf(items, count)).Select(array => (IReadOnlyList<T>)array);

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), values.Select(value => (T?)value));

    private static Gen<string?> MaybeWord() => Gen.OneOf(Gen.Constant<string?>(null), Words.Select(word => (string?)word));
}
