namespace PaymentEngine.Core.Channels;

/// <summary>One operation of a channel.</summary>
public enum ChannelInterface
{
    Pay,

    /// <summary>Gives money of an executed order back to the payer.</summary>
    Refund,

    /// <summary>Asks what became of an order of one of the others.</summary>
    Query,

    /// <summary>The institution tells us by itself.</summary>
    Callback,
}
