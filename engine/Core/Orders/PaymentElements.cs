namespace PaymentEngine.Core.Orders;

/// <summary>
/// What a merchant may say of a payment beside what every payment has; channels are chosen by it (C2). Null is what he
/// did not say.
/// </summary>
public sealed record PaymentElements
{
    public static readonly PaymentElements None = new();

    public string? Product { get; init; }

    /// <summary>Where the payer pays: app, web, pos …</summary>
    public string? Terminal { get; init; }

    public string? CardKind { get; init; }

    public string? DebitCredit { get; init; }

    /// <summary>corporate or personal.</summary>
    public string? Ownership { get; init; }

    /// <summary>The bank or wallet at the far end.</summary>
    public string? TargetInstitution { get; init; }

    /// <summary>Under which is paid without the payer being there.</summary>
    public string? Agreement { get; init; }
}
