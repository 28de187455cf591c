using PaymentEngine.Core.Directory;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Support;

/// <summary>Tests of the store alone, each with a workbench on the database of its class.</summary>
public abstract class BenchTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    internal Workbench Bench { get; private set; } = null!;

    public override async Task InitializeAsync() => Bench = await Workbench.OpenAsync(Database);

    public override async Task DisposeAsync()
    {
        await Bench.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>One more merchant with an account; the workbench is opened anew, so that it knows him.</summary>
    internal async Task<Merchant> AddMerchantAsync()
    {
        var number = await Merchants.AddAsync(Database);
        await Bench.DisposeAsync();
        Bench = await Workbench.OpenAsync(Database);
        return Bench.Directory.Merchants.Single(merchant => merchant.Number == number);
    }
}
