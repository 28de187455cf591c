namespace PaymentEngine.Bench.Outside;

/// <summary>An order in the institution's books.</summary>
internal sealed class BankOrder(string number, int channel, long amount)
{
    public string Number { get; } = number;

    public int Channel { get; } = channel;

    public long Amount { get; } = amount;

    public bool IsExecuted { get; set; }
}
