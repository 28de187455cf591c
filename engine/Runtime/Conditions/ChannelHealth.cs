using System.Collections.Concurrent;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// How channels fare, alone and with each institution at the far end (C6). Only what has failed is kept: what nobody
/// knows anything of is well, and costs nothing.
/// </summary>
public sealed class ChannelHealth(ConditionOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _channels = [];

    public int Of(string channel, string? institution)
    {
        if (!_channels.TryGetValue(channel, out var known))
        {
            return HealthSteps.Best;
        }

        var own = known.Own.Value;
        return known.With(institution) is { } both ? Math.Min(own, both.Value) : own;
    }

    /// <summary>Those with which the channel does not fare well.</summary>
    public IEnumerable<(string Institution, int Health)> InstitutionsOf(string channel) => _channels.TryGetValue(channel, out var known)
        ? known.All.Where(one => one.Institution.Length > 0 && one.Counter.Value < HealthSteps.Best).Select(one => (one.Institution, one.Counter.Value)).Order()
        : [];

    /// <summary>A channel that ails as a whole is tried as a whole, one that ails with an institution by payments to that.</summary>
    public bool MayProbe(string channel, string? institution)
    {
        if (!_channels.TryGetValue(channel, out var known))
        {
            return false;
        }

        var counter = known.Own.IsAiling ? known.Own : known.With(institution);
        return counter is { IsAiling: true } && counter.TakeProbe(clock.GetUtcNow().UtcTicks, options.ProbeEvery.Ticks);
    }

    /// <param name="institution">Null where the payment named none.</param>
    public void Count(string channel, string? institution, HealthSteps step)
    {
        if (!_channels.TryGetValue(channel, out var known))
        {
            if (step == HealthSteps.Success)
            {
                return;
            }

            known = _channels.GetOrAdd(channel, static _ => new Entry());
        }

        known.Own.Add(step);
        known.Count(institution, step);
    }

    /// <summary>What the others have to be told; empty nearly always.</summary>
    public IReadOnlyCollection<CountedHealth> Tell()
    {
        var counted = new List<CountedHealth>();
        foreach (var (channel, known) in _channels)
        {
            foreach (var (institution, counter) in known.All)
            {
                if (counter.Tell() is { IsNone: false } steps)
                {
                    counted.Add(new CountedHealth(channel, institution, steps));
                }
            }
        }

        return counted;
    }

    /// <summary>What all know, with what was told. Of whom nothing is said, nothing is known.</summary>
    public void Hear(IReadOnlyCollection<KnownHealth> all)
    {
        foreach (var one in all)
        {
            if (one.Value < HealthSteps.Best || _channels.ContainsKey(one.Channel))
            {
                _channels.GetOrAdd(one.Channel, static _ => new Entry()).Hear(one.Institution, one.Value);
            }
        }

        var said = all.Select(one => (one.Channel, one.Institution)).ToHashSet();
        foreach (var (channel, known) in _channels)
        {
            foreach (var (institution, counter) in known.All.Where(one => !said.Contains((channel, one.Institution))))
            {
                counter.Hear(HealthSteps.Best);
            }

            known.Forget();
        }
    }

    private sealed class Entry
    {
        /// <summary>Merchants name institutions; what they make up must not fill the memory.</summary>
        private const int MostInstitutions = 1_000;

        private readonly ConcurrentDictionary<string, HealthCounter> _institutions = [];

        public HealthCounter Own { get; } = new();

        public IEnumerable<(string Institution, HealthCounter Counter)> All =>
            _institutions.Select(one => (one.Key, one.Value)).Prepend((string.Empty, Own));

        public HealthCounter? With(string? institution) =>
            institution is not null && _institutions.TryGetValue(institution, out var counter) ? counter : null;

        public void Count(string? institution, HealthSteps step)
        {
            if (With(institution) is { } counter)
            {
                counter.Add(step);
            }
            else if (!string.IsNullOrEmpty(institution) && step != HealthSteps.Success && _institutions.Count < MostInstitutions)
            {
                _institutions.GetOrAdd(institution, static _ => new HealthCounter()).Add(step);
            }
        }

        public void Hear(string institution, int value)
        {
            if (institution.Length == 0)
            {
                Own.Hear(value);
            }
            else if (value < HealthSteps.Best || _institutions.ContainsKey(institution))
            {
                _institutions.GetOrAdd(institution, static _ => new HealthCounter()).Hear(value);
            }
        }

        public void Forget()
        {
            foreach (var one in _institutions)
            {
                if (one.Value.Value == HealthSteps.Best)
                {
                    _institutions.TryRemove(one);
                }
            }
        }
    }
}
