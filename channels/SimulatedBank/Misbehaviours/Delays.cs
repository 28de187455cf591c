namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// How long the institution's own doings take, in milliseconds of the clock outside: a speed of 60 makes an hour of the
/// institution last a minute. The time that a call takes is not divided.
/// </summary>
internal sealed class Delays(SimulatorOptions options)
{
    private const double Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute;

    /// <summary>When a callback that was not answered as agreed is sent again, counted from the last time.</summary>
    private static readonly double[] CallbackWaits =
    [
        15 * Second, 15 * Second, 30 * Second, 3 * Minute, 10 * Minute, 20 * Minute, 30 * Minute, 30 * Minute, 30 * Minute,
        Hour, 3 * Hour, 3 * Hour, 3 * Hour, 6 * Hour, 6 * Hour,
    ];

    /// <summary>From acceptance to execution; null for what nobody will ever execute.</summary>
    public long? ToExecution(string number, in BankRecord record, Fate fate) => record switch
    {
        { Standing: not Standing.Accepted } or { Scenario: Scenario.Stuck } => null,
        { Scenario: Scenario.Accept } => Scaled(options.AcceptDelayMs),
        _ when fate.Has(Misbehaviour.HiddenThenSuccess) => Scaled(Hour),
        _ when fate.Has(Misbehaviour.ChargedLate) => Between(number, 1, 35 * Minute, 90 * Minute),
        _ when fate.Has(Misbehaviour.UnclearThenSuccess) || fate.Has(Misbehaviour.DeclinedThenSuccess) => Between(number, 2, Minute, 10 * Minute),
        _ when fate.Has(Misbehaviour.RefundAsynchronous) => Between(number, 3, Minute, 24 * Hour),
        _ => null,
    };

    /// <summary>How long queries do not see a number that is on the books.</summary>
    public long? Hidden(string number, Fate fate) =>
        fate.Has(Misbehaviour.HiddenThenSuccess) ? Scaled(15 * Minute)
        : fate.Has(Misbehaviour.NotFoundAtFirst) ? Between(number, 4, 5 * Second, 5 * Minute)
        : null;

    /// <summary>From the answer, or the result if that comes later, to the first callback.</summary>
    public long ToCallback(BankRequest order, Fate fate) =>
        fate.Has(Misbehaviour.CallbackLate) ? Between(order.Number, 5, 10 * Minute, 60 * Minute)
        : fate.Has(Misbehaviour.CallbackOutOfOrder) && !order.IsRefund ? Between(order.Number, 6, 5 * Minute, 10 * Minute)
        : fate.Has(Misbehaviour.CallbackBeforeAnswer) ? 0
        : Between(order.Number, 7, 0.2 * Second, 2 * Second);

    /// <summary>From the first callback to its copy.</summary>
    public long ToCopy(string number) => Between(number, 8, Second, 5 * Second);

    /// <summary>From the given attempt, counted from 1, to the next; null when the institution gives up.</summary>
    public long? ToNextCallback(int attempt) => attempt <= CallbackWaits.Length ? Scaled(CallbackWaits[attempt - 1]) : null;

    private long Between(string number, ulong question, double least, double most)
    {
        var share = (uint)Chance.Of(number, options.Seed, question) / (double)uint.MaxValue;
        return Scaled(least + (most - least) * share);
    }

    private long Scaled(double ms) => (long)(ms / options.Speed);
}
