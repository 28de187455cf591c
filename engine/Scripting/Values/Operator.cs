namespace PaymentEngine.Scripting;

internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideRound,
    Modulus,
    ShiftLeft,
    ShiftRight,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Coalesce,
    CoalesceNot,
    Range,
    RangeExclusive,
}

internal static class Operators
{
    private static readonly Dictionary<string, (Operator Operator, int Precedence)> BySymbol = new(StringComparer.Ordinal)
    {
        ["??"] = (Operator.Coalesce, 20),
        ["?!"] = (Operator.CoalesceNot, 20),
        ["||"] = (Operator.Or, 30),
        ["&&"] = (Operator.And, 40),
        ["=="] = (Operator.Equal, 70),
        ["!="] = (Operator.NotEqual, 70),
        ["<"] = (Operator.Less, 80),
        ["<="] = (Operator.LessOrEqual, 80),
        [">"] = (Operator.Greater, 80),
        [">="] = (Operator.GreaterOrEqual, 80),
        ["+"] = (Operator.Add, 90),
        ["-"] = (Operator.Subtract, 90),
        ["*"] = (Operator.Multiply, 100),
        ["/"] = (Operator.Divide, 100),
        ["//"] = (Operator.DivideRound, 100),
        ["%"] = (Operator.Modulus, 100),
        ["<<"] = (Operator.ShiftLeft, 100),
        [">>"] = (Operator.ShiftRight, 100),
        [".."] = (Operator.Range, 120),
        ["..<"] = (Operator.RangeExclusive, 120),
    };

    public static bool TryFind(string symbol, out Operator found, out int precedence)
    {
        var isKnown = BySymbol.TryGetValue(symbol, out var entry);
        (found, precedence) = entry;
        return isKnown;
    }

    public static string SymbolOf(Operator which) => BySymbol.First(entry => entry.Value.Operator == which).Key;

    public static bool IsComparison(Operator which) => which is >= Operator.Equal and <= Operator.GreaterOrEqual;
}
