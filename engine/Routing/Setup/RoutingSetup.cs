namespace PaymentEngine.Routing.Setup;

/// <summary>
/// What operations say about routing (C1), as one document: it is written, reviewed, versioned and put into force as a
/// whole, so that a decision never sees half of a change.
/// </summary>
public sealed record RoutingSetup
{
    public IReadOnlyList<PaymentClass> Classes { get; init; } = [];

    public IReadOnlyList<RoutedChannel> Channels { get; init; } = [];
}

/// <summary>
/// Which channels carry a kind of payment. The most exact class counts: mode, card kind and terminal; else mode and
/// card kind; else the mode alone.
/// </summary>
public sealed record PaymentClass
{
    public required string Mode { get; init; }

    public string? CardKind { get; init; }

    public string? Terminal { get; init; }

    /// <summary>Codes of channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>As it is called in errors.</summary>
    public string Name => string.Join('/', new[] { Mode, CardKind, Terminal }.OfType<string>());
}

/// <summary>A channel as routing sees it; its protocol, numbers and line are configured elsewhere.</summary>
public sealed record RoutedChannel
{
    public required string Code { get; init; }

    public bool Enabled { get; init; } = true;

    public IReadOnlyList<Score> Priority { get; init; } = [];

    public IReadOnlyList<Score> Weight { get; init; } = [Score.Usual];

    /// <summary>All must match (C2).</summary>
    public IReadOnlyList<Feature> Features { get; init; } = [];

    public IReadOnlyList<MaintenanceWindow> Windows { get; init; } = [];

    public ChannelCost? Cost { get; init; }

    /// <summary>Payouts skip the channel while more than so many of its orders wait (C7).</summary>
    public int? MaximumBacklog { get; init; }

    /// <summary>How long a card on which the channel failed is kept from it (C9).</summary>
    public TimeSpan CardMemory { get; init; } = TimeSpan.FromMinutes(30);

    public IReadOnlyList<RoutedInterface> Interfaces { get; init; } = [];
}

/// <summary>One operation of a channel, and the institutions that it reaches.</summary>
public sealed record RoutedInterface
{
    public required string Code { get; init; }

    /// <summary>pay, refund or payout.</summary>
    public required string Operation { get; init; }

    public bool Enabled { get; init; } = true;

    public IReadOnlyList<Score> Priority { get; init; } = [];

    public IReadOnlyList<Score> Weight { get; init; } = [Score.Usual];

    public IReadOnlyList<Feature> Features { get; init; } = [];

    public IReadOnlyList<MaintenanceWindow> Windows { get; init; } = [];

    public IReadOnlyList<LimitRule> Limits { get; init; } = [];

    /// <summary>Banks and wallets at the far end; none stands for any.</summary>
    public IReadOnlyList<string> Institutions { get; init; } = [];

    /// <summary>Whatever else is known of it: may_split, required_fields, refund_worklist_after …</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>A part of a priority or a weight (C5): a number, or the script of that name. The parts are added.</summary>
public sealed record Score
{
    /// <summary>Of a score that is one number or one script, and so needs no category.</summary>
    public const string BaseCategory = "base";

    public static readonly Score Usual = new() { Category = BaseCategory, Value = 100 };

    public required string Category { get; init; }

    public decimal? Value { get; init; }

    public string? Script { get; init; }
}

/// <summary>Fees of the channel itself (C10), chosen by the volume that it has carried in the month so far.</summary>
public sealed record ChannelCost
{
    /// <summary>By rising volume; the first begins at 0.</summary>
    public IReadOnlyList<CostTier> Tiers { get; init; } = [];
}

/// <summary>Amounts in major units of the payment's currency.</summary>
public sealed record CostTier
{
    public decimal FromVolume { get; init; }

    public decimal Fixed { get; init; }

    public decimal Percent { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }
}
