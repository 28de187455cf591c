using System.Text.Json.Serialization;

namespace PaymentEngine.Channels.Simulator;

/// <summary>What truly happened at the institution.</summary>
public enum JournalEvent
{
    /// <summary>An order was read from the wire; nothing is on the books yet.</summary>
    [JsonStringEnumMemberName("received")]
    Received,

    /// <summary>An order disappeared between receipt and books.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>A connection was refused: the order was not even received.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>An order is on the books and has no result.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>Money moved.</summary>
    [JsonStringEnumMemberName("executed")]
    Executed,

    /// <summary>Money did not move and will not.</summary>
    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>A payment was answered, with the amount and reference that were said.</summary>
    [JsonStringEnumMemberName("answered")]
    Answered,

    [JsonStringEnumMemberName("queried")]
    Queried,

    /// <summary>Money went back: an order whose original the line names was executed.</summary>
    [JsonStringEnumMemberName("refunded")]
    Refunded,

    /// <summary>A refund could not be carried out and needs a person.</summary>
    [JsonStringEnumMemberName("abnormal")]
    Abnormal,

    /// <summary>The institution did something wrong with the order; the line says what.</summary>
    [JsonStringEnumMemberName("misbehaved")]
    Misbehaved,

    /// <summary>A call was turned away because too many were open; nothing of it was looked at.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>The institution signs with another key from now on. The line names no number.</summary>
    [JsonStringEnumMemberName("key_rotated")]
    KeyRotated,

    [JsonStringEnumMemberName("callback_sent")]
    CallbackSent,

    /// <summary>A callback was answered as agreed.</summary>
    [JsonStringEnumMemberName("callback_acknowledged")]
    CallbackAcknowledged,
}

internal static class JournalEvents
{
    public static JournalEvent ToEvent(this Standing standing, bool isRefund) => standing switch
    {
        Standing.Executed when isRefund => JournalEvent.Refunded,
        Standing.Lost => JournalEvent.Lost,
        Standing.Refused => JournalEvent.Refused,
        Standing.Accepted => JournalEvent.Accepted,
        Standing.Executed => JournalEvent.Executed,
        Standing.Declined => JournalEvent.Declined,
        Standing.Abnormal => JournalEvent.Abnormal,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "an unknown standing"),
    };

    /// <summary>What the books say after the event; null when it left them as they were.</summary>
    public static Standing? ToStanding(this JournalEvent what) => what switch
    {
        JournalEvent.Lost => Standing.Lost,
        JournalEvent.Refused => Standing.Refused,
        JournalEvent.Accepted => Standing.Accepted,
        JournalEvent.Executed or JournalEvent.Refunded => Standing.Executed,
        JournalEvent.Declined => Standing.Declined,
        JournalEvent.Abnormal => Standing.Abnormal,
        _ => null,
    };
}
