using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// What the institution does with an order: what it writes into its books (null: nothing new) and what it answers
/// (null: it never does).
/// </summary>
internal readonly record struct BankDecision(BankRecord? Booked, BankAnswer? Answer);

/// <summary>How the institution decides, from what its books say of the number and what fate says.</summary>
internal static class BankRules
{
    private const int UndocumentedCodes = 4;

    /// <summary>The door is shut in front of the order, before a byte of it is read.</summary>
    public static bool TurnsAway(BankRecord? known, BankRequest request) =>
        known is null && !request.IsRefund && Scenarios.Of(request.Payer) == Scenario.NotSentOnce;

    /// <param name="scenario">What its payer chose.</param>
    /// <param name="isRefundable">Whether the money that a refund asks for is there.</param>
    public static BankDecision First(BankRecord? known, BankRequest request, Scenario scenario, Fate fate, bool isRefundable)
    {
        var standing = request.IsRefund && !isRefundable ? Standing.Declined
            : known is null && (scenario == Scenario.TimeoutLost || fate.Has(Misbehaviour.TimeoutLost)) ? Standing.Lost
            : Settled(request, scenario, fate);
        var record = new BankRecord(request, standing, scenario);
        return new BankDecision(record, FirstAnswer(record, request.Number, fate));
    }

    /// <summary>The number is on the books.</summary>
    public static BankDecision Again(BankRecord first, BankRequest request, Fate fate) => first switch
    {
        _ when !first.HasFactsOf(request) => new(null, new BankAnswer(BankStatus.NumberReused)),
        _ when fate.Has(Misbehaviour.ResendRefused) => new(null, new BankAnswer(BankStatus.Error, BankCode.DuplicateNumber)),
        { Standing: Standing.Executed, IsRefund: false } when fate.Has(Misbehaviour.DebitedTwice) => new(first, Query(first, request.Number, fate)),
        { Scenario: Scenario.TimeoutExecuted } => new(null, null),
        { Scenario: Scenario.Stuck } => new(null, new BankAnswer("UNDER_REVIEW")),
        _ => new(null, Query(first, request.Number, fate)),
    };

    public static BankAnswer Query(BankRecord? known, string number, Fate fate) => known switch
    {
        { Standing: Standing.Executed } record => Success(number, Told(record, fate)),
        { Standing: Standing.Declined, IsRefund: true } => new(BankStatus.Declined, BankCode.NotRefundable),
        { Standing: Standing.Declined } => new(BankStatus.Declined, BankCode.InsufficientFunds),
        { Standing: Standing.Abnormal } => new(BankStatus.Error, BankCode.RefundAbnormal),
        { Standing: Standing.Accepted } => new(BankStatus.Accepted, Reference: ReferenceOf(number)),
        _ => new(BankStatus.NotKnown),
    };

    /// <summary>The institution's own serial number of an order: derived, so that it need not be kept.</summary>
    public static string ReferenceOf(string number) => $"SIM{Fingerprint.Mix((ulong)Fingerprint.Of(number)):X16}";

    private static Standing Settled(BankRequest request, Scenario scenario, Fate fate) => scenario switch
    {
        Scenario.Decline => Standing.Declined,
        Scenario.Accept or Scenario.Stuck => Standing.Accepted,
        Scenario.Abnormal => Standing.Abnormal,
        _ when IsExecutedLater(fate) => Standing.Accepted,
        _ when request.IsRefund && fate.Has(Misbehaviour.RefundAbnormal) => Standing.Abnormal,
        _ when request.IsRefund && fate.Has(Misbehaviour.RefundAsynchronous) => Standing.Accepted,
        _ => Standing.Executed,
    };

    private static bool IsExecutedLater(Fate fate) =>
        fate.Has(Misbehaviour.HiddenThenSuccess) || fate.Has(Misbehaviour.ChargedLate)
        || fate.Has(Misbehaviour.UnclearThenSuccess) || fate.Has(Misbehaviour.DeclinedThenSuccess);

    private static BankAnswer? FirstAnswer(BankRecord record, string number, Fate fate) => record switch
    {
        { Standing: Standing.Lost } or { Standing: not Standing.Declined, Scenario: Scenario.TimeoutExecuted } => null,
        { Scenario: Scenario.Garbage } => Query(record, number, fate) with { Flaw = BankFlaw.HtmlPage },
        { Scenario: Scenario.Stuck } => new BankAnswer("UNDER_REVIEW"),
        _ when fate.Has(Misbehaviour.TimeoutExecuted) || fate.Has(Misbehaviour.HiddenThenSuccess) => null,
        { Standing: Standing.Declined } => Query(record, number, fate) with { Flaw = FlawOf(fate) },
        _ when fate.Has(Misbehaviour.UnclearThenSuccess) => new BankAnswer(BankStatus.Error, BankCode.SystemError),
        _ when fate.Has(Misbehaviour.DeclinedThenSuccess) => new BankAnswer(BankStatus.Declined, BankCode.InsufficientFunds),
        _ when fate.Has(Misbehaviour.UndocumentedCode) => new BankAnswer(BankStatus.Error, Undocumented(number)),
        _ => Query(record, number, fate) with { Flaw = FlawOf(fate) },
    };

    private static BankFlaw FlawOf(Fate fate) =>
        fate.Has(Misbehaviour.HtmlPage) ? BankFlaw.HtmlPage
        : fate.Has(Misbehaviour.WrongCharset) ? BankFlaw.WrongCharset
        : fate.Has(Misbehaviour.ClockOff) ? BankFlaw.ClockOff
        : BankFlaw.None;

    private static string Undocumented(string number) => $"U700{Fingerprint.Mix((ulong)Fingerprint.Of(number)) % UndocumentedCodes + 1}";

    private static BankAnswer Success(string number, Money amount) =>
        new(BankStatus.Success, Reference: ReferenceOf(number), Amount: amount);

    private static Money Told(BankRecord record, Fate fate) =>
        record.Scenario == Scenario.OtherAmount || fate.Has(Misbehaviour.AmountChanged)
            ? record.Amount with { Minor = record.Amount.Minor + 1 }
            : record.Amount;
}
