using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Directory;
using PaymentEngine.Host;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Bench.InProcess;

/// <summary>The whole engine in this process, without its HTTP interface.</summary>
internal sealed class EngineInside : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineInside(IHost host) => _host = host;

    /// <summary>The database lives as long as the benchmark, and so does its key.</summary>
    private static readonly SecretBox Secrets = new(new byte[SecretBox.KeyBytes]);

    public ITradeDesk Desk => _host.Services.GetRequiredService<ITradeDesk>();

    public Merchant Merchant => _host.Services.GetRequiredService<DirectoryHolder>().Current.Merchants[0];

    public ILedgerDesk Ledger => _host.Services.GetRequiredService<ILedgerDesk>();

    public CommitMetrics Commits => _host.Services.GetRequiredService<CommitMetrics>();

    public static async Task<EngineInside> StartAsync(string connectionString, string journalPath)
    {
        var node = await EngineStart.PrepareAsync(connectionString, new EngineOptions(), new LedgerOptions(), Secrets, new DemoKeys("bench", null, null));
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Simulator:JournalPath"] = journalPath,
            // Its books are in this process too; what has been answered for minutes nobody asks for again.
            ["Simulator:RetentionMinutes"] = "1",
        });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section);
        builder.Services.AddEngine(builder.Configuration, connectionString, node);
        var host = builder.Build();
        await host.StartAsync();
        return new EngineInside(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
