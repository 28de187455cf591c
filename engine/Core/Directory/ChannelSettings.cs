using PaymentEngine.Core.QueryBack;

namespace PaymentEngine.Core.Directory;

/// <summary>A channel as configured: what it can do and how it wants to be treated.</summary>
public sealed record ChannelSettings
{
    private string? _numberScope;
    private string? _questionLane;

    public required int Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Which adapter speaks its protocol.</summary>
    public required string Adapter { get; init; }

    /// <summary>The real line that it uses; several channels may share one.</summary>
    public int ConnectionId { get; init; }

    /// <summary>Which channel application calls its institution (C16).</summary>
    public string Application { get; init; } = ApplicationSet.Engine;

    /// <summary>The lane of timers in which its questions wait, whichever application calls its institution.</summary>
    public string QuestionLane => _questionLane ??= $"query.{Id}";

    /// <summary>It is called by a process of its own, which may be away.</summary>
    public bool IsApart => Application != ApplicationSet.Engine;

    public required IReadOnlyList<PaymentMethod> Methods { get; init; }

    public required int Priority { get; init; }

    public required NumberRule Numbers { get; init; }

    /// <summary>The counter that its numbers come from; channels with one prefix would share it.</summary>
    public string NumberScope => _numberScope ??= "number:" + Numbers.Prefix;

    public required QueryPlans Queries { get; init; }

    /// <summary>The institution promises that the same number executes once, whatever happens (C13).</summary>
    public required bool Idempotent { get; init; }

    /// <summary>How long a call may take, from the commit that claimed the order.</summary>
    public TimeSpan SendWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after <see cref="SendWindow"/> "unknown number" may be believed; longer than any call lives.</summary>
    public TimeSpan ResendSafetyDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the same number may be sent before a person looks.</summary>
    public int MaximumSends { get; init; } = 5;

    /// <summary>How often a leg that failed here may be tried on another channel; zero, the default, is never (C14).</summary>
    public int MaximumReroutes { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>When this channel is asked about payments, or refunds, of a method (C12).</summary>
    public QueryPlan QueriesFor(PaymentMethod method, PaymentKind kind) => Queries.For(method, kind);
}
