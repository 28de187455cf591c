using System.Text.Json.Serialization;
using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>An order as the simulated institution receives it.</summary>
/// <param name="Original">The number of the payment that is given back; null for a payment.</param>
public sealed record BankRequest(string Number, int Channel, Money Amount, string Payer, string? Original = null)
{
    public bool IsRefund => Original is not null;
}

/// <summary>What the simulated institution answers. The status is text, since not all that comes back is documented.</summary>
/// <param name="Flaw">What happens to the answer on its way out.</param>
public readonly record struct BankAnswer(
    string Status, string? Code = null, string? Reference = null, Money? Amount = null, BankFlaw Flaw = BankFlaw.None);

/// <summary>What the simulated institution tells by itself, as often as its schedule says.</summary>
/// <param name="Attempt">Counted from 1, for this copy.</param>
public sealed record BankCallback(
    string Number, int Channel, bool IsRefund, BankAnswer Told, DateTimeOffset OccurredAt, int Attempt = 1);

/// <summary>What is wrong with the form of an answer or callback, whatever it says.</summary>
[JsonConverter(typeof(SnakeCaseNames<BankFlaw>))]
public enum BankFlaw : byte
{
    None,

    /// <summary>The page of some machine in between, unsigned.</summary>
    HtmlPage,

    WrongCharset,

    ClockOff,

    BadSignature,

    /// <summary>A signature that only tests whether it is checked.</summary>
    Probe,
}

/// <summary>The documented values of <see cref="BankAnswer.Status"/>.</summary>
public static class BankStatus
{
    public const string Success = "SUCCESS";

    /// <summary>With a code: it was not executed and will not be.</summary>
    public const string Declined = "DECLINED";

    /// <summary>Received, no result yet.</summary>
    public const string Accepted = "ACCEPTED";

    /// <summary>With a code, from which alone it can be known what this means.</summary>
    public const string Error = "ERROR";

    /// <summary>The connection was refused: the institution has not read a byte of the order.</summary>
    public const string Refused = "REFUSED";

    /// <summary>Only a query is answered so: the number is not on the books.</summary>
    public const string NotKnown = "NOT_KNOWN";

    /// <summary>The number is on the books with other facts; what became of those is not said.</summary>
    public const string NumberReused = "NUMBER_REUSED";
}

/// <summary>The documented values of <see cref="BankAnswer.Code"/>.</summary>
public static class BankCode
{
    public const string InsufficientFunds = "insufficient_funds";

    /// <summary>There is no executed payment with that number, or less is left of it.</summary>
    public const string NotRefundable = "not_refundable";

    /// <summary>The payer's account cannot take the money back; a person has to find another way.</summary>
    public const string RefundAbnormal = "refund_abnormal";

    /// <summary>Something went wrong; what became of the order is open.</summary>
    public const string SystemError = "system_error";

    /// <summary>The number was sent before; what became of it then is not said.</summary>
    public const string DuplicateNumber = "duplicate_number";

    /// <summary>This call was turned away. It says nothing of an earlier one with the same number.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>As <see cref="Maintenance"/>, for one bank's payers.</summary>
    public const string BankDown = "bank_down";
}
