namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>An account that one bookkeeper alone touches: what must be on it by what he was answered.</summary>
internal sealed class AccountModel(string number)
{
    public string Number => number;

    public long Balance { get; set; }

    /// <summary>How far below zero it may go.</summary>
    public long CreditLine { get; set; }

    public bool IsFrozen { get; set; }

    /// <summary>Every hold that was ever placed on it.</summary>
    public List<HoldModel> Holds { get; } = [];

    public long Held => Holds.Sum(hold => hold.Left);

    public long Available => Balance - Held + CreditLine;
}
