namespace PaymentEngine.Channels.Simulator;

/// <summary>What the institution does with an order after it was booked: executes it, shows it to queries, tells of it.</summary>
internal sealed class Aftercare(SimulatorOptions options, bool callsBack)
{
    private readonly Delays _delays = new(options);

    /// <summary>Some channels never tell failures.</summary>
    public static bool TellsFailures(int channel) => channel % 2 == 0;

    /// <summary>Whether a callback will be sent, if one is wanted.</summary>
    public bool Tells(in BankRecord record) => callsBack && record.IsOnTheBooks && record.Standing != Standing.Accepted;

    public bool IsNeeded(in BankRecord record) => record.Standing == Standing.Accepted || Tells(record);

    public long? ToExecution(string number, in BankRecord record, Fate fate) => _delays.ToExecution(number, record, fate);

    public long? Hidden(string number, Fate fate) => _delays.Hidden(number, fate);

    /// <returns>What to send, and after how many milliseconds: from the answer, or at once when it is early.</returns>
    public IEnumerable<(long AfterMs, BankCallback What)> Callbacks(BankRequest order, BankAnswer told, Fate fate, DateTimeOffset occurredAt)
    {
        if (fate.Has(Misbehaviour.CallbackNever) || (told.Status != BankStatus.Success && !TellsFailures(order.Channel)))
        {
            yield break;
        }

        var after = _delays.ToCallback(order, fate);
        var plain = new BankCallback(order.Number, order.Channel, order.IsRefund, told, occurredAt);
        if (fate.Has(Misbehaviour.CallbackProbe))
        {
            yield return (after, Flawed(plain, BankFlaw.Probe));
            after += _delays.ToCopy(order.Number);
        }

        yield return (after, Flawed(plain, FirstFlaw(fate)));
        if (fate.Has(Misbehaviour.CallbacksAtOnce))
        {
            yield return (after, plain);
        }
        else if (fate.Has(Misbehaviour.CallbackTwice))
        {
            yield return (after + _delays.ToCopy(order.Number), plain);
        }
    }

    /// <summary>The next attempt of a callback that was not acknowledged; null when the institution gives up.</summary>
    public (long AfterMs, BankCallback What)? Next(BankCallback callback) =>
        callback.Told.Flaw != BankFlaw.Probe && _delays.ToNextCallback(callback.Attempt) is { } wait
            ? (wait, Flawed(callback, BankFlaw.None) with { Attempt = callback.Attempt + 1 })
            : null;

    private static BankFlaw FirstFlaw(Fate fate) =>
        fate.Has(Misbehaviour.CallbackBadSignature) ? BankFlaw.BadSignature
        : fate.Has(Misbehaviour.ClockOff) ? BankFlaw.ClockOff
        : BankFlaw.None;

    private static BankCallback Flawed(BankCallback callback, BankFlaw flaw) => callback with { Told = callback.Told with { Flaw = flaw } };
}
