using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Callbacks;
using PaymentEngine.Api.Merchants;
using PaymentEngine.Core.Channels;
using PaymentEngine.Host;

namespace PaymentEngine.Tests.Api;

/// <summary>
/// The engine with everything that runs in it, beside an institution that accepts every order, answers no question and
/// says nothing by itself: what it calls back is the test's.
/// </summary>
public sealed class CallbackWorld : IAsyncLifetime
{
    private WebApplication _app = null!;

    public TestDatabase Database { get; private set; } = null!;

    public MerchantClient Merchant { get; private set; } = null!;

    public HttpClient Institution { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateEmptyAsync();
        var node = await EngineStart.PrepareAsync(Database.ConnectionString, new EngineOptions(), new PaymentEngine.Runtime.Ledger.LedgerOptions(), TestDatabase.Secrets, new DemoKeys(TestDatabase.DemoKey, null, null));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Engine:DrainTime"] = "00:00:00",
        });
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section);
        builder.Services.AddEngine(builder.Configuration, Database.ConnectionString, node);
        builder.Services.AddSingleton<IReadOnlyDictionary<string, IInstitutionChannel>>(
            new Dictionary<string, IInstitutionChannel> { ["simulator"] = new PatientInstitution() });
        builder.Services.AddMerchantApi().AddCallbackApi();
        _app = builder.Build();
        _app.MapMerchantApi();
        _app.MapCallbackApi();
        await _app.StartAsync();
        var address = new Uri(_app.Urls.First());
        Merchant = new MerchantClient(address, TestDatabase.DemoKey);
        Institution = new HttpClient { BaseAddress = address };
    }

    public async Task DisposeAsync()
    {
        Institution.Dispose();
        Merchant.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Books.DemandCleanAsync(Database);
        await Database.DisposeAsync();
    }

    /// <summary>Calls back, as the institution's program would: headers as it likes to write them, no key of ours.</summary>
    public async Task<HttpResponseMessage> CallBackAsync(Dictionary<string, string> headers, HttpContent body, string channel = "sim-card")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks/" + channel) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name.ToUpperInvariant(), value);
        }

        return await Institution.SendAsync(request);
    }

    public Task<long> StoredAsync() => Database.ScalarAsync<long>("select count(*) from callback");

    private sealed class PatientInstitution : IInstitutionChannel
    {
        private static readonly ChannelOutcome Accepted = new ChannelOutcome.Accepted(null, "P");

        public ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation) => ValueTask.FromResult(Accepted);

        public ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation) => ValueTask.FromResult(Accepted);

        public ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation) => ValueTask.FromResult(Accepted);

        public CallbackReading ReadCallback(CallbackRequest request) =>
            CallbackWire.Read(request) ?? new CallbackReading.Refused("no signature", CallbackAnswer.Text(400, CallbackWire.NoThanks));
    }
}
