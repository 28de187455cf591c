using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Core.Directory;

/// <summary>What happens when a merchant submits an order number again (O2), chosen at on-boarding.</summary>
public enum RepeatMode
{
    /// <summary>An unpaid trade is continued.</summary>
    Continue,

    /// <summary>Any repeat is refused.</summary>
    Strict,
}

public sealed record Merchant(int Id, string Number, string Name, RepeatMode Repeats, FeeRule Fee, bool Active)
{
    /// <summary>Where it may be told what becomes of its trades (N2).</summary>
    public IReadOnlyList<NotifyOrigin> NotifyOrigins { get; init; } = [];

    /// <summary>With what it refunds it has our fee back, in proportion; by default we keep it. With a void always.</summary>
    public bool ReturnsFee { get; init; }

    /// <summary>What its notifications are signed with; every merchant of the database has one.</summary>
    public WebhookSecret? WebhookSecret { get; init; }
}
