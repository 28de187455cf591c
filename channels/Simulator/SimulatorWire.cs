using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>An order as the simulated institution receives it.</summary>
public sealed record BankRequest(string Number, int Channel, Money Amount, string Payer);

/// <summary>What the simulated institution answers. The status is text, since not all that comes back is documented.</summary>
public readonly record struct BankAnswer(string Status, string? Code = null, string? Reference = null, Money? Amount = null);

/// <summary>The documented values of <see cref="BankAnswer.Status"/>.</summary>
public static class BankStatus
{
    public const string Success = "SUCCESS";

    public const string Declined = "DECLINED";

    /// <summary>Received, no result yet.</summary>
    public const string Accepted = "ACCEPTED";

    /// <summary>The connection was refused: the institution has not read a byte of the order.</summary>
    public const string Refused = "REFUSED";

    /// <summary>Only a query is answered so: the number is not on the books.</summary>
    public const string NotKnown = "NOT_KNOWN";

    /// <summary>The number is on the books with other facts; what became of those is not said.</summary>
    public const string NumberReused = "NUMBER_REUSED";
}
