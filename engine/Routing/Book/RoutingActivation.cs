namespace PaymentEngine.Routing.Book;

/// <summary>Somebody wants a version to be in force (C17). It is when another person has agreed and its moment has come.</summary>
/// <param name="Version">0 is none: the default of a hook, no such script, the setup that follows from the channels.</param>
/// <param name="Share">In percent of the transactions; below 100 a trial beside the version that is active.</param>
/// <param name="IsRollback">To a version that was approved before, so nobody agrees again.</param>
public sealed record RoutingActivation(
    long Id,
    RoutingItem Item,
    int Version,
    int Share,
    DateTimeOffset From,
    bool IsRollback,
    string Comment,
    string RequestedBy,
    DateTimeOffset RequestedAt)
{
    public RoutingVerdict? Approval { get; init; }

    public RoutingVerdict? Withdrawal { get; init; }

    public bool IsTrial => Share < 100;

    public bool IsWaiting => !IsRollback && Approval is null && Withdrawal is null;

    /// <summary>From when on it is in force; null while it waits for a second person, and for good when it was withdrawn.</summary>
    public DateTimeOffset? EffectiveAt =>
        Withdrawal is not null ? null
        : IsRollback ? From
        : Approval is null ? null
        : Approval.At > From ? Approval.At
        : From;
}

public sealed record RoutingVerdict(string By, DateTimeOffset At);
