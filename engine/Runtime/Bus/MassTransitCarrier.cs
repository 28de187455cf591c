using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;

namespace PaymentEngine.Runtime.Bus;

/// <summary>
/// Carries messages with MassTransit: over RabbitMQ with a connection to publish and another one to consume (a broker
/// that is short of memory blocks publishers, and must not block consumers with them), or inside the process.
/// The buses are made by hand and not by MassTransit's registration: its usage telemetry is part of the latter.
/// </summary>
public sealed class MassTransitCarrier
{
    private readonly BusOptions _options;
    private readonly IBusControl _consuming;
    private readonly IBusControl _publishing;

    public MassTransitCarrier(BusOptions options, Consumers consumers, ILoggerFactory logs)
    {
        _options = options;
        LogContext.ConfigureCurrentLogContext(logs);
        if (options.Transport == BusTransport.RabbitMq)
        {
            _consuming = RabbitMqBus.Create(options, "consume", consumers.Configure);
            _publishing = RabbitMqBus.Create(options, "publish", _ => { });
        }
        else
        {
            _consuming = _publishing = MassTransit.Bus.Factory.CreateUsingInMemory(bus =>
            {
                Wire.Configure(bus);
                consumers.Configure(bus);
            });
        }
    }

    public bool IsAttached => _consuming.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>Returns at once. MassTransit looks for the broker until it is there, and again whenever it went away.</summary>
    public void Start()
    {
        _ = _consuming.StartAsync();
        _ = _publishing.StartAsync();
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        drain.CancelAfter(_options.DrainTime);
        await _consuming.StopAsync(drain.Token);
        await _publishing.StopAsync(cancellation);
    }

    internal async Task<bool> PublishAsync(string queue, object message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.PublishTimeout);
        try
        {
            // queue: would declare the queue again, as a classic one.
            var endpoint = await _publishing.GetSendEndpoint(new Uri("exchange:" + queue));
            await endpoint.Send(message, message.GetType(), patience.Token);
            return true;
        }
        catch (MessageReturnedException)
        {
            return false;
        }
    }
}
