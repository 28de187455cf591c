namespace PaymentEngine.Tests.Simulation.Time;

/// <summary>All the chance there is in a run, from its seed (SplitMix64): the same everywhere and for good.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        var value = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    public int Below(int limit) => (int)(Next() % (uint)limit);

    public bool Chance(double share) => share > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < share;

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + new TimeSpan((long)(Next() % (ulong)((most - least).Ticks + 1)));

    public TimeSpan Ms(int least, int most) => TimeSpan.FromMilliseconds(least + Below(most - least + 1));

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
