using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Host;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Tests.Broker;

/// <summary>The bus of one process of the engine, put together as the host does it.</summary>
internal sealed class BusNode : IAsyncDisposable
{
    private readonly IHost _host;

    private BusNode(IHost host) => _host = host;

    public IEngineBus Bus => _host.Services.GetRequiredService<IEngineBus>();

    public bool IsAttached => _host.Services.GetRequiredService<EngineBus>().IsAttached;

    /// <param name="broker">The broker's connection string; null for the bus inside the process.</param>
    /// <param name="handlers">An <see cref="IHandle{TMessage}"/> for each kind of message that this process takes.</param>
    public static async Task<BusNode> StartAsync(string? broker, object[] handlers, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Bus:Transport", broker is null ? "InMemory" : "RabbitMq"),
            new("ConnectionStrings:Broker", broker),
            new("Bus:Applications:0", "acme"),
            new("Bus:LongestPause", "00:00:00.5"),
            new("Bus:DrainTime", "00:00:00.5"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddEngineBus(builder.Configuration);
        Add<CallbacksArrived>();
        Add<NotificationsWaiting>();
        Add<OrdersWaiting>();
        var node = new BusNode(builder.Build());
        await node._host.StartAsync();
        return node;

        void Add<TMessage>()
        {
            foreach (var handler in handlers.OfType<IHandle<TMessage>>())
            {
                builder.Services.AddSingleton(handler);
            }
        }
    }

    /// <summary>What is published before its queue exists is dropped, so traffic begins here.</summary>
    public Task AttachedAsync() => Support.Eventually.BecomesTrueAsync(() => IsAttached, "the handlers are attached to their queues");

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
