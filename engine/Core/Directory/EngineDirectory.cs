using System.Collections.Frozen;
using System.Globalization;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Core.Directory;

/// <summary>
/// Everything that decisions look up and that changes seldom: merchants, channels, accounts. An immutable snapshot;
/// a decision sees one snapshot from beginning to end.
/// </summary>
public sealed class EngineDirectory(
    IReadOnlyList<Merchant> merchants,
    IReadOnlyList<ChannelSettings> channels,
    IReadOnlyList<Account> accounts,
    IReadOnlyList<ChannelConnection>? connections = null)
{
    private readonly FrozenDictionary<int, ChannelConnection> _connections = (connections ?? []).ToFrozenDictionary(c => c.Id);

    private readonly FrozenDictionary<int, Merchant> _merchants = merchants.ToFrozenDictionary(m => m.Id);

    private readonly FrozenDictionary<int, ChannelSettings> _channels = channels.ToFrozenDictionary(c => c.Id);

    private readonly FrozenDictionary<string, ChannelSettings> _channelsByCode = channels.ToFrozenDictionary(c => c.Code);

    private readonly FrozenDictionary<long, Account> _accounts = accounts.ToFrozenDictionary(a => a.Id);

    private readonly FrozenDictionary<(AccountKind, int, Currency), Account> _byOwner =
        accounts.ToFrozenDictionary(a => (a.Kind, a.OwnerId, a.Currency));

    private readonly FrozenDictionary<int, FrozenSet<Currency>> _currencies = accounts
        .Where(a => a.Kind == AccountKind.ChannelReceivable)
        .GroupBy(a => a.OwnerId, a => a.Currency)
        .ToFrozenDictionary(channel => channel.Key, channel => channel.ToFrozenSet());

    public IReadOnlyList<Merchant> Merchants { get; } = merchants;

    public IReadOnlyList<ChannelSettings> Channels { get; } = channels;

    public IReadOnlyList<Account> Accounts { get; } = accounts;

    public Merchant Merchant(int id) => _merchants[id];

    public Merchant? FindMerchant(int id) => _merchants.GetValueOrDefault(id);

    public ChannelSettings Channel(int id) => _channels[id];

    /// <summary>By its code or by its number: institutions are given either as part of the callback address.</summary>
    public ChannelSettings? FindChannel(string name) =>
        _channelsByCode.GetValueOrDefault(name)
        ?? (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? _channels.GetValueOrDefault(id) : null);

    /// <summary>The line that the channel uses.</summary>
    public ChannelConnection ConnectionOf(int channelId) => _connections[Channel(channelId).ConnectionId];

    public ChannelConnection? FindConnection(int id) => _connections.GetValueOrDefault(id);

    /// <summary>The currencies in which the channel has an account of what it owes us.</summary>
    public FrozenSet<Currency> CurrenciesOf(string channelCode) =>
        FindChannel(channelCode) is { } channel ? _currencies.GetValueOrDefault(channel.Id, FrozenSet<Currency>.Empty) : FrozenSet<Currency>.Empty;

    public Account Account(long id) => _accounts[id];

    public Account? FindAccount(AccountKind kind, int ownerId, Currency currency) =>
        _byOwner.GetValueOrDefault((kind, ownerId, currency));

    public Account AccountOf(AccountKind kind, int ownerId, Currency currency) =>
        FindAccount(kind, ownerId, currency)
        ?? throw new InvalidOperationException($"no {kind} account in {currency.Code} for owner {ownerId}");
}
