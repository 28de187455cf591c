using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// What the institution does with an order: what it writes into its books (null: nothing new) and what it answers
/// (null: it never does).
/// </summary>
internal readonly record struct BankDecision(Standing? Booked, BankAnswer? Answer);

/// <summary>How the institution decides, from what its books say of the number.</summary>
internal static class BankRules
{
    public const string InsufficientFunds = "insufficient_funds";

    /// <summary>The door is shut in front of the order, before a byte of it is read.</summary>
    public static bool TurnsAway(BankRecord? known, BankRequest request) =>
        known is null && Scenarios.Of(request.Payer) == Scenario.NotSentOnce;

    public static BankDecision Pay(BankRecord? known, BankRequest request)
    {
        if (known is { IsOnTheBooks: true } first)
        {
            return new BankDecision(null, first.HasFactsOf(request)
                ? AnswerToPayment(first, request.Number, isFirst: false)
                : new BankAnswer(BankStatus.NumberReused));
        }

        var record = new BankRecord(request, Execute(known, Scenarios.Of(request.Payer)));
        return new BankDecision(record.Standing, AnswerToPayment(record, request.Number, isFirst: true));
    }

    public static BankAnswer Query(BankRecord? known, string number) => known switch
    {
        { Standing: Standing.Executed, Scenario: Scenario.OtherAmount } record => Success(number, OneMore(record.Amount)),
        { Standing: Standing.Executed } record => Success(number, record.Amount),
        { Standing: Standing.Declined } => new BankAnswer(BankStatus.Declined, InsufficientFunds),
        { Standing: Standing.Accepted } => new BankAnswer(BankStatus.Accepted, Reference: ReferenceOf(number)),
        _ => new BankAnswer(BankStatus.NotKnown),
    };

    /// <summary>The institution's own serial number of an order: derived, so that it need not be kept.</summary>
    public static string ReferenceOf(string number) => $"SIM{Fingerprint.Mix((ulong)Fingerprint.Of(number)):X16}";

    private static Standing Execute(BankRecord? known, Scenario scenario) => scenario switch
    {
        Scenario.TimeoutLost when known is null => Standing.Lost,
        Scenario.Decline => Standing.Declined,
        Scenario.Accept or Scenario.Stuck => Standing.Accepted,
        _ => Standing.Executed,
    };

    private static BankAnswer? AnswerToPayment(BankRecord record, string number, bool isFirst) => record switch
    {
        { Standing: Standing.Lost } or { Scenario: Scenario.TimeoutExecuted } => null,
        { Scenario: Scenario.Garbage } when isFirst => new BankAnswer("<html><h1>502 Bad Gateway</h1></html>"),
        { Scenario: Scenario.Stuck } => new BankAnswer("UNDER_REVIEW"),
        _ => Query(record, number),
    };

    private static BankAnswer Success(string number, Money amount) =>
        new(BankStatus.Success, Reference: ReferenceOf(number), Amount: amount);

    private static Money OneMore(Money amount) => amount with { Minor = amount.Minor + 1 };
}
