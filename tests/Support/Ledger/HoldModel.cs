namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>A hold that one bookkeeper alone touches: what must have become of it by what he was answered.</summary>
/// <param name="number">Its own.</param>
/// <param name="account">On which it is.</param>
/// <param name="amount">When it was placed.</param>
/// <param name="passes">It ends by itself, and he does not know when: what is not captured by then is released.</param>
internal sealed class HoldModel(string number, string account, long amount, bool passes = false)
{
    public string Number => number;

    public string Account => account;

    public bool Passes => passes;

    public long Captured { get; set; }

    public long Released { get; set; }

    /// <summary>Of one that passes: at most.</summary>
    public long Left => amount - Captured - Released;

    /// <summary>When nothing is going on any more.</summary>
    public HoldShown InTheEnd => passes ? new(Captured, amount - Captured, 0) : new(Captured, Released, Left);
}

/// <summary>A hold as the engine shows it.</summary>
internal readonly record struct HoldShown(long Captured, long Released, long Left);
