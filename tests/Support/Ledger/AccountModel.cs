namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>An account that one bookkeeper alone touches: what must be on it by what he was answered.</summary>
internal sealed class AccountModel(string number)
{
    public string Number => number;

    public long Balance { get; set; }

    /// <summary>How far below zero it may go.</summary>
    public long CreditLine { get; set; }

    public bool IsFrozen { get; set; }

    /// <summary>Holds with something left, and what.</summary>
    public List<(string Hold, long Left)> Holds { get; } = [];

    /// <summary>What every hold that was ever placed has left.</summary>
    public Dictionary<string, long> Left { get; } = [];

    public long Held => Holds.Sum(hold => hold.Left);

    public long Available => Balance - Held + CreditLine;
}

/// <summary>A leg on an account; credits are positive.</summary>
internal readonly record struct BookedLeg(string Account, long Minor);

/// <param name="Posting">Null for one that was refused.</param>
internal sealed record AskedAdjustment(string Number, string? Posting, IReadOnlyList<BookedLeg> Legs);
