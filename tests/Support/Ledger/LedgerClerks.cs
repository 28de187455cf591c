using PaymentEngine.Tests.Support.Merchants;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>Two people of operations: one asks, the other agrees.</summary>
public sealed class LedgerClerks(IReadOnlyList<Uri> nodes, string makerKey, string checkerKey, TimeSpan patience, CancellationToken over = default) : IDisposable
{
    private const string Root = "/ops/v1/ledger/";

    private readonly PersistentClient _maker = new(nodes, makerKey, patience, over);
    private readonly PersistentClient _checker = new(nodes, checkerKey, patience, over);

    public Task<MerchantAnswer> ReadAsync(string path) => _maker.GetAsync(Root + path);

    public Task<MerchantAnswer> AskAsync(string path, string key, string body) => _maker.PostAsync(Root + path, key, body);

    /// <summary>What is set twice is set once.</summary>
    public Task<MerchantAnswer> SetAsync(string path, string body) => _maker.PutAsync(Root + path, body);

    /// <summary>The second person's word about what has a number, which is its key.</summary>
    public Task<MerchantAnswer> DecideAsync(string path, string body) => _checker.PostAsync(Root + path, key: null, body);

    public void Dispose()
    {
        _maker.Dispose();
        _checker.Dispose();
    }
}
