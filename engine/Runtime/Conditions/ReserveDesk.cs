using System.Collections.Frozen;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>Our own accounts at the institutions (C8): whoever knows a balance says so here, and payouts go by what was said last.</summary>
public sealed class ReserveDesk(ReserveStore store, DirectoryHolder directory, TimeProvider clock)
{
    private volatile FrozenDictionary<(string Channel, Currency Currency), long> _balances =
        FrozenDictionary<(string Channel, Currency Currency), long>.Empty;

    /// <summary>An account of which nobody has said anything is not looked at.</summary>
    public bool Covers(string channel, Money amount) =>
        !_balances.TryGetValue((channel, amount.Currency), out var balance) || balance >= amount.Minor;

    public Task<IReadOnlyList<ChannelReserve>> ListAsync(CancellationToken cancellation) => store.ListAsync(cancellation);

    /// <summary>The reserve as it is now; null when there is no such channel.</summary>
    public async Task<ChannelReserve?> SetAsync(
        string channel, Currency currency, long balance, long threshold, string actor, CancellationToken cancellation)
    {
        if (directory.Current.Channels.FirstOrDefault(known => known.Code == channel) is not { } settings)
        {
            return null;
        }

        var reserve = new ChannelReserve(channel, new Money(balance, currency), new Money(threshold, currency), clock.GetUtcNow(), actor);
        await store.SetAsync(settings.Id, reserve, cancellation);

        // This node goes by it from now on, the others with their next look.
        await RefreshAsync(cancellation);
        return reserve;
    }

    public async Task RefreshAsync(CancellationToken cancellation) =>
        _balances = (await store.ListAsync(cancellation))
            .ToFrozenDictionary(reserve => (reserve.Channel, reserve.Balance.Currency), reserve => reserve.Balance.Minor);
}
