namespace PaymentEngine.Channels.Simulator;

/// <summary>When the institution is closed, by its own clock: it starts with the outside and runs at the institution's speed.</summary>
internal sealed class Outages(SimulatorOptions options, DateTimeOffset opened)
{
    private const int Banks = 16;

    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private readonly double _downHours = Rates.In(options.Profile, Rates.BankDownHours);

    /// <summary>Why an order is turned away now, if it is.</summary>
    public Misbehaviour? Of(string payer, DateTimeOffset now)
    {
        if (_downHours == 0 || Scenarios.Of(payer) != Scenario.Succeed)
        {
            return null;
        }

        return IsMaintained(now) ? Misbehaviour.Maintenance
            : IsDown(payer, Here(now)) ? Misbehaviour.BankDown
            : null;
    }

    /// <summary>Every night for five minutes, for orders and questions alike.</summary>
    public bool IsMaintained(DateTimeOffset now)
    {
        if (_downHours == 0)
        {
            return false;
        }

        var local = Here(now).ToOffset(Zone).TimeOfDay;
        return local >= TimeSpan.FromHours(3) && local < new TimeSpan(3, 5, 0);
    }

    private DateTimeOffset Here(DateTimeOffset now) => opened + (now - opened) * options.Speed;

    /// <summary>In some hours one bank of sixteen is down for half an hour, from somewhere in the first half.</summary>
    private bool IsDown(string payer, DateTimeOffset here)
    {
        var hour = here.UtcTicks / TimeSpan.TicksPerHour;
        var lot = Fingerprint.Mix(options.Seed ^ Fingerprint.Mix((ulong)hour));
        var minute = here.Minute - (int)((lot >> 8) % 30);
        return (uint)(lot >> 32) < _downHours * uint.MaxValue
            && minute is >= 0 and < 30
            && (int)((ulong)Fingerprint.Of(payer) % Banks) == (int)((lot >> 16) % Banks);
    }
}
