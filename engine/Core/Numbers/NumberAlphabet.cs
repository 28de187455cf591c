namespace PaymentEngine.Core;

/// <summary>The characters that an institution accepts in its order numbers.</summary>
public enum NumberAlphabet
{
    Digits,

    /// <summary>Digits and upper case letters; the sequence is written in base 36.</summary>
    Alphanumeric,
}
