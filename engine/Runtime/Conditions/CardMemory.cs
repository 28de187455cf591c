using System.Collections.Concurrent;
using System.Collections.Immutable;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// Which cards failed on which channels, and which had no money too often (C9). This node notes its own failures at
/// once; what others committed is read every second or so.
/// </summary>
public sealed class CardMemory(CardMemoryStore store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Card> _cards = new(new ByItsEnd());
    private long _horizon;

    /// <param name="card">Its mark.</param>
    public bool Failed(string card, string channel)
    {
        if (_cards.TryGetValue(card, out var known))
        {
            foreach (var (code, until) in known.Channels)
            {
                if (code == channel)
                {
                    return until > clock.GetUtcNow().UtcTicks;
                }
            }
        }

        return false;
    }

    public bool IsSpent(string card) => _cards.TryGetValue(card, out var known) && known.SpentUntil > clock.GetUtcNow().UtcTicks;

    public void KeepAway(string card, string channel, DateTimeOffset until) => _cards.AddOrUpdate(
        card,
        static (_, news) => Card.Unknown.KeptFrom(news.channel, news.until.UtcTicks),
        static (_, known, news) => known.KeptFrom(news.channel, news.until.UtcTicks),
        (channel, until));

    public async Task ReadAsync(CancellationToken cancellation)
    {
        var news = await store.ReadAsync(_horizon, clock.GetUtcNow(), cancellation);
        foreach (var failed in news.Failed)
        {
            KeepAway(failed.Card, failed.Channel, failed.Until);
        }

        foreach (var spent in news.Spent)
        {
            _cards.AddOrUpdate(
                spent.Card,
                static (_, until) => Card.Unknown with { SpentUntil = until },
                static (_, known, until) => known with { SpentUntil = until },
                spent.Until.UtcTicks);
        }

        // A database that was restored counts its transactions from further back: everything is read once more.
        _horizon = news.Horizon < _horizon ? 0 : news.Horizon;
    }

    /// <summary>Takes away what counts no more, here and in the database.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var one in _cards)
        {
            if (one.Value.IsOver(now.UtcTicks))
            {
                _cards.TryRemove(one);
            }
        }

        await store.ForgetAsync(now, cancellation);
    }

    /// <summary>What is known of a card; moments are ticks.</summary>
    private sealed record Card(ImmutableArray<(string Code, long Until)> Channels, long SpentUntil)
    {
        public static readonly Card Unknown = new([], 0);

        public Card KeptFrom(string channel, long until)
        {
            var before = Channels.FirstOrDefault(known => known.Code == channel);
            return this with { Channels = Channels.Remove(before).Add((channel, Math.Max(before.Until, until))) };
        }

        public bool IsOver(long now) => SpentUntil <= now && Channels.All(known => known.Until <= now);
    }

    /// <summary>A mark is a hash already: its end tells one from another as well as any hash of it. It is asked for with every candidate.</summary>
    private sealed class ByItsEnd : IEqualityComparer<string>
    {
        private const int Enough = 8;

        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode(string mark)
        {
            var hash = mark.Length;
            foreach (var letter in mark.AsSpan(Math.Max(mark.Length - Enough, 0)))
            {
                hash = hash * 31 + letter;
            }

            return hash;
        }
    }
}
