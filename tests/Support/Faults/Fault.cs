namespace PaymentEngine.Tests.Support.Faults;

/// <summary>
/// One way to hurt one thing. Whatever was left to chance was drawn when it was made, and stands in the name: the same
/// seed makes the same fault. See README.md beside this file.
/// </summary>
public sealed class Fault(string name, Func<Task> inflict, Func<Task> heal)
{
    /// <summary>What it does, in words.</summary>
    public string Name => name;

    /// <summary>Returns when it hurts. Some faults are over by then, others last until they are healed.</summary>
    public Task InflictAsync() => inflict();

    /// <summary>Returns when the thing works again. After each infliction once; whoever was hurt may still have to recover.</summary>
    public Task HealAsync() => heal();

    public override string ToString() => name;
}
