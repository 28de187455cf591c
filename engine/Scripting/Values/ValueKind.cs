namespace PaymentEngine.Scripting;

/// <summary>What a value of the language is.</summary>
public enum ValueKind
{
    Null,
    Bool,
    Int,
    Long,
    Big,
    Float,
    Double,
    Decimal,
    Text,
    Date,
    TimeSpan,
    Range,
    Array,
    Object,
    Function,

    /// <summary>An optional argument that the caller left out; a script never sees it.</summary>
    Missing,
}
