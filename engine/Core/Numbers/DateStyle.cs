namespace PaymentEngine.Core;

/// <summary>How a number carries its date.</summary>
public enum DateStyle
{
    /// <summary>yyyyMMdd</summary>
    FullYear,

    /// <summary>yyMMdd, for the years 2000 to 2099</summary>
    ShortYear,
}
