using System.Collections.Frozen;
using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// What channels have carried in the month so far (C10), counted when orders succeed and told to the others every
/// minute. What a node that was killed had not told yet is missing: costs are chosen by it, nothing is booked.
/// </summary>
public sealed class ChannelVolumes(VolumeStore store, NodeIdentity node, BusinessCalendar calendar, TimeProvider clock)
{
    private const int DaysKept = 92;

    private readonly Lock _gate = new();
    private readonly Dictionary<(DateOnly Day, string Channel, Currency Currency), long> _here = [];
    private volatile FrozenDictionary<string, decimal> _month = FrozenDictionary<string, decimal>.Empty;

    /// <summary>In major units; a channel that carries several currencies has them added up as they are.</summary>
    public decimal Of(string channel) => _month.GetValueOrDefault(channel);

    public void Add(string channel, Money amount, DateTimeOffset at)
    {
        var key = (calendar.DayOf(at), channel, amount.Currency);
        lock (_gate)
        {
            _here[key] = checked(_here.GetValueOrDefault(key) + amount.Minor);
        }
    }

    public async Task ExchangeAsync(CancellationToken cancellation)
    {
        var today = Today;
        var all = await store.ExchangeAsync(node.Id, Here(), new DateOnly(today.Year, today.Month, 1), cancellation);
        _month = all.GroupBy(volume => volume.Channel)
            .ToFrozenDictionary(channel => channel.Key, channel => channel.Sum(volume => RouteFacts.InMajorUnits(volume.Amount)));
        Forget(today);
    }

    public Task ForgetAsync(CancellationToken cancellation) => store.ForgetAsync(Today.AddDays(-DaysKept), cancellation);

    private DateOnly Today => calendar.DayOf(clock.GetUtcNow());

    private List<DayVolume> Here()
    {
        lock (_gate)
        {
            return [.. _here.Select(sum => new DayVolume(sum.Key.Day, sum.Key.Channel, new Money(sum.Value, sum.Key.Currency)))];
        }
    }

    /// <summary>An order that was decided before midnight may commit after it, so yesterday's sums stay.</summary>
    private void Forget(DateOnly today)
    {
        lock (_gate)
        {
            foreach (var sum in _here.Keys.Where(sum => sum.Day < today.AddDays(-1)).ToList())
            {
                _here.Remove(sum);
            }
        }
    }
}
