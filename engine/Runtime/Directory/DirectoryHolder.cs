using System.Security.Cryptography;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Directory;

namespace PaymentEngine.Runtime.Directory;

/// <summary>The directory as this node sees it now. Readers take the snapshot once per decision.</summary>
public sealed class DirectoryHolder(DirectoryStore store) : IMerchantDirectory, IChannelConnections
{
    private volatile DirectorySnapshot? _snapshot;

    public EngineDirectory Current => Snapshot.Directory;

    private DirectorySnapshot Snapshot => _snapshot ?? throw new InvalidOperationException("the directory has not been loaded");

    public async Task RefreshAsync(CancellationToken cancellation) => _snapshot = await store.LoadAsync(cancellation);

    ChannelConnection IChannelConnections.Of(int channelId) => Current.ConnectionOf(channelId);

    public Merchant? ByApiKey(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        Span<char> text = stackalloc char[SHA256.HashSizeInBytes * 2];
        Convert.TryToHexString(hash, text, out _);
        return Snapshot.ByKeyHash.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var merchant) ? merchant : null;
    }

    public bool Accepts(Merchant merchant, Currency currency) =>
        Current.FindAccount(AccountKind.Merchant, merchant.Id, currency) is not null;
}
