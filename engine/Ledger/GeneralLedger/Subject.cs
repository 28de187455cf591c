namespace PaymentEngine.Ledger.GeneralLedger;

public enum LedgerSide
{
    Debit,
    Credit,
}

/// <summary>What a subject is to the reserve fund (备付金).</summary>
public enum ReserveRole
{
    /// <summary>Customers' money that lies in our keeping.</summary>
    Owed,

    /// <summary>What covers it.</summary>
    Held,
}

/// <summary>A line of the chart of accounts. Accounts hang on subjects of the third level.</summary>
/// <param name="Side">On which its balance grows.</param>
public sealed record Subject(string Code, int Level, string? Parent, string Name, string NameZh, LedgerSide Side, ReserveRole? Reserve)
{
    public const int LevelOfAccounts = 3;
}
