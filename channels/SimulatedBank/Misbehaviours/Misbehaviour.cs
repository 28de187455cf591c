using System.Text.Json.Serialization;

namespace PaymentEngine.Channels.Simulator;

/// <summary>What the institution does wrong with an order. <see cref="Rates"/> says how often.</summary>
[JsonConverter(typeof(SnakeCaseNames<Misbehaviour>))]
public enum Misbehaviour
{
    /// <summary>The order is executed and the call is never answered.</summary>
    TimeoutExecuted,

    /// <summary>The order disappears on the way to the books, and the call is never answered.</summary>
    TimeoutLost,

    /// <summary>The call is answered with a system error; the order is executed minutes later.</summary>
    UnclearThenSuccess,

    /// <summary>The call is answered with a decline; the order is executed minutes later. A contradiction.</summary>
    DeclinedThenSuccess,

    /// <summary>No answer, unknown to queries for a quarter of an hour, executed after an hour.</summary>
    HiddenThenSuccess,

    /// <summary>Executed, and answered with a code that no document explains.</summary>
    UndocumentedCode,

    /// <summary>Executed, and answered with the error page of some machine in between.</summary>
    HtmlPage,

    /// <summary>Executed, and answered in another character set than agreed.</summary>
    WrongCharset,

    /// <summary>Answers and first callbacks carry a time that is 301 seconds off.</summary>
    ClockOff,

    /// <summary>Executed with the right amount, and told with another.</summary>
    AmountChanged,

    /// <summary>Accepted, and executed when everybody has stopped waiting.</summary>
    ChargedLate,

    /// <summary>On the books, and unknown to queries for seconds or minutes.</summary>
    NotFoundAtFirst,

    CallbackBeforeAnswer,

    CallbackLate,

    CallbackNever,

    /// <summary>The callback of a payment waits so long that the one of its refund comes first.</summary>
    CallbackOutOfOrder,

    CallbackTwice,

    CallbacksAtOnce,

    CallbackBadSignature,

    /// <summary>A callback that only tests whether signatures are checked; it must be refused.</summary>
    CallbackProbe,

    /// <summary>A number that is sent again is turned away instead of being answered as before.</summary>
    ResendRefused,

    /// <summary>A number that is sent again moves the money again. Broken idempotency.</summary>
    DebitedTwice,

    RefundAsynchronous,

    /// <summary>The refund cannot be carried out and needs a person.</summary>
    RefundAbnormal,

    /// <summary>Sent during the nightly maintenance: turned away at the door.</summary>
    Maintenance,

    /// <summary>The payer's own bank was down: turned away at the door.</summary>
    BankDown,
}
