namespace PaymentEngine.Core;

/// <summary>Why a text is not an amount of money.</summary>
public enum MoneyError
{
    None,
    Empty,

    /// <summary>It begins with a plus or a minus. Amounts carry no sign: the operation says in which direction money moves.</summary>
    Sign,

    /// <summary>Not digits, or digits with one point between them: spaces, separators, exponents, "007", ".5", "5.".</summary>
    Malformed,

    /// <summary>More decimals than the currency has, even when they are zeros.</summary>
    FractionOfMinorUnit,

    /// <summary>More minor units than fit into 63 bits.</summary>
    Overflow,
}
