namespace PaymentEngine.Ledger;

public enum AccountStatus
{
    Open,

    /// <summary>Nothing moves, in neither direction, until it is open again.</summary>
    Frozen,

    /// <summary>For good.</summary>
    Closed,
}
