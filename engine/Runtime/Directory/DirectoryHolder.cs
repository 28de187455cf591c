using System.Collections.Frozen;
using System.Security.Cryptography;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Runtime.Codes;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Directory;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Runtime.Directory;

/// <summary>The directory as this node sees it now. Readers take the snapshot once per decision.</summary>
public sealed class DirectoryHolder(DirectoryStore store, RoutingHolder routing)
    : IMerchantDirectory, IOperatorDirectory, IChannelConnections, IResultCodes, IPayerMessages
{
    private volatile DirectorySnapshot? _snapshot;

    public EngineDirectory Current => Snapshot.Directory;

    /// <summary>What operations' scripts decide.</summary>
    public RouteScripts Scripts => routing.Hooks;

    private DirectorySnapshot Snapshot => _snapshot ?? throw new InvalidOperationException("the directory has not been loaded");

    /// <summary>What cannot be read and stands as it was known before, or not at all.</summary>
    public IReadOnlyList<DirectoryFault> Faults => Snapshot.Faults;

    /// <summary>A key that was revoked is so whatever becomes of routing.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var latest = await store.LoadAsync(_snapshot?.Directory, cancellation);
        if (_snapshot is null && latest.Faults.Where(fault => fault.KeepsFromStarting).ToList() is { Count: > 0 } faults)
        {
            throw new UnfitDatabaseException(string.Join("; ", faults.Select(fault => $"{fault.Row}: {fault.Why}")));
        }

        _snapshot = latest;
        await routing.RefreshAsync(latest.Directory, cancellation);
    }

    ChannelConnection IChannelConnections.Of(int channelId) => Current.ConnectionOf(channelId);

    public Merchant? ByApiKey(ReadOnlySpan<byte> key) => Find(Snapshot.ByKeyHash, key);

    public Operator? ByOpsKey(ReadOnlySpan<byte> key) => Find(Snapshot.OperatorByKeyHash, key);

    /// <summary>By what can be stored, as an unmapped code is listed and mapped.</summary>
    public CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode) =>
        Snapshot.Codes.Find(channelId, answeredBy, StorableText.Of(code), subCode is null ? null : StorableText.Of(subCode));

    public string? Find(string unifiedCode, string language) => Snapshot.Codes.Find(unifiedCode, language);

    /// <summary>He can be paid in it when every account that a payment is booked on is there; those of channels are routing's business.</summary>
    public bool Accepts(Merchant merchant, Currency currency) =>
        Current.FindAccount(AccountKind.Merchant, merchant.Id, currency) is not null
        && Current.FindAccount(AccountKind.FeeIncome, 0, currency) is not null
        && Current.FindAccount(AccountKind.Suspense, 0, currency) is not null;

    private static T? Find<T>(FrozenDictionary<string, T> byKeyHash, ReadOnlySpan<byte> key)
        where T : class
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        Span<char> text = stackalloc char[SHA256.HashSizeInBytes * 2];
        Convert.TryToHexString(hash, text, out _);
        return byKeyHash.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var owner) ? owner : null;
    }
}
