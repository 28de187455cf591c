using System.Collections.Frozen;
using PaymentEngine.Core;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>How closed sets are spelled in texts: NotEquals is not_equals.</summary>
internal static class SetupNames
{
    public static readonly FrozenDictionary<string, FeatureOperator> Operators = Of<FeatureOperator>();
    public static readonly FrozenDictionary<string, LimitPeriod> Periods = Of<LimitPeriod>();
    public static readonly FrozenDictionary<string, LimitSubject> Subjects = Of<LimitSubject>();
    public static readonly FrozenDictionary<string, DayOfWeek> Days = Of<DayOfWeek>();

    private static FrozenDictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(SnakeCase.Of);
}
