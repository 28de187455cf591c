namespace PaymentEngine.Channels.Simulator;

/// <summary>Of the misbehaviours of one group an order suffers at most one; the groups do not know each other.</summary>
public enum FateGroup
{
    Call,
    Query,
    CallbackTime,
    CallbackCopies,
    Resend,
    Refund,
}

/// <param name="Real">The share of orders that suffer it at a real institution.</param>
public sealed record Rate(Misbehaviour What, FateGroup Group, double Real);

/// <summary>How often an institution misbehaves, taken from those that were watched.</summary>
public static class Rates
{
    public const double HellFactor = 20;

    public const double HellLimit = 0.40;

    /// <summary>The share of hours in which one of the payers' banks is down for half of it.</summary>
    public const double BankDownHours = 0.01;

    public static IReadOnlyList<Rate> All { get; } =
    [
        new(Misbehaviour.TimeoutExecuted, FateGroup.Call, 0.005),
        new(Misbehaviour.TimeoutLost, FateGroup.Call, 0.003),
        new(Misbehaviour.UnclearThenSuccess, FateGroup.Call, 0.001),
        new(Misbehaviour.DeclinedThenSuccess, FateGroup.Call, 0.001),
        new(Misbehaviour.HiddenThenSuccess, FateGroup.Call, 0.0002),
        new(Misbehaviour.UndocumentedCode, FateGroup.Call, 0.001),
        new(Misbehaviour.HtmlPage, FateGroup.Call, 0.001),
        new(Misbehaviour.WrongCharset, FateGroup.Call, 0.001),
        new(Misbehaviour.ClockOff, FateGroup.Call, 0.001),
        new(Misbehaviour.AmountChanged, FateGroup.Call, 0.0001),
        new(Misbehaviour.ChargedLate, FateGroup.Call, 0.0005),

        new(Misbehaviour.NotFoundAtFirst, FateGroup.Query, 0.01),

        new(Misbehaviour.CallbackBeforeAnswer, FateGroup.CallbackTime, 0.05),
        new(Misbehaviour.CallbackLate, FateGroup.CallbackTime, 0.01),
        new(Misbehaviour.CallbackNever, FateGroup.CallbackTime, 0.005),
        new(Misbehaviour.CallbackOutOfOrder, FateGroup.CallbackTime, 0.005),

        new(Misbehaviour.CallbackTwice, FateGroup.CallbackCopies, 0.03),
        new(Misbehaviour.CallbacksAtOnce, FateGroup.CallbackCopies, 0.01),
        new(Misbehaviour.CallbackBadSignature, FateGroup.CallbackCopies, 0.001),
        new(Misbehaviour.CallbackProbe, FateGroup.CallbackCopies, 0.001),

        // Of the numbers that are sent again.
        new(Misbehaviour.ResendRefused, FateGroup.Resend, 0.099),
        new(Misbehaviour.DebitedTwice, FateGroup.Resend, 0.001),

        // Of refunds.
        new(Misbehaviour.RefundAsynchronous, FateGroup.Refund, 0.30),
        new(Misbehaviour.RefundAbnormal, FateGroup.Refund, 0.003),
    ];

    /// <summary>What becomes of a real rate in a profile.</summary>
    public static double In(string profile, double real) => profile switch
    {
        "calm" => 0,
        "real" => real,
        "hell" => Math.Min(real * HellFactor, HellLimit),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "the profiles are calm, real and hell"),
    };
}
