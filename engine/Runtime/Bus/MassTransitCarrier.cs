using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Runtime.Bus;

/// <summary>
/// Carries messages with MassTransit: over RabbitMQ with a connection to publish and another one to consume (a broker
/// that is short of memory blocks publishers, and must not block consumers with them), or inside the process.
/// The buses are made by hand and not by MassTransit's registration: its usage telemetry is part of the latter.
/// </summary>
public sealed class MassTransitCarrier
{
    private readonly BusOptions _options;
    private readonly Consumers _consumers;
    private readonly TaskCompletionSource<IBusControl> _publishing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IBusControl? _consuming;

    public MassTransitCarrier(BusOptions options, Consumers consumers, ILoggerFactory logs)
    {
        _options = options;
        _consumers = consumers;
        LogContext.ConfigureCurrentLogContext(logs);
    }

    public bool IsAttached => _consuming?.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>
    /// Makes the buses here and not before: what handles messages also publishes some, so neither can be had first.
    /// Returns at once. MassTransit looks for the broker until it is there, and again whenever it went away.
    /// </summary>
    public void Start()
    {
        var publishing = _consuming = CreateConsuming();
        if (_options.Transport == BusTransport.RabbitMq)
        {
            publishing = RabbitMqBus.Create(_options, "publish", _ => { });
            _ = publishing.StartAsync();
        }

        _ = _consuming.StartAsync();
        _publishing.SetResult(publishing);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        drain.CancelAfter(_options.DrainTime);
        if (_consuming is not null)
        {
            await _consuming.StopAsync(drain.Token);
            await (await _publishing.Task).StopAsync(cancellation);
        }
    }

    internal async Task<bool> PublishAsync(string queue, object message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.PublishTimeout);
        try
        {
            // queue: would declare the queue again, as a classic one.
            var publishing = await _publishing.Task.WaitAsync(patience.Token);
            var endpoint = await publishing.GetSendEndpoint(new Uri("exchange:" + queue));
            Failpoints.Pass(Failpoint.BeforePublish);
            await endpoint.Send(message, message.GetType(), patience.Token);
            Failpoints.Pass(Failpoint.AfterPublish);
            return true;
        }
        catch (MessageReturnedException)
        {
            return false;
        }
    }

    private IBusControl CreateConsuming() => _options.Transport == BusTransport.RabbitMq
        ? RabbitMqBus.Create(_options, "consume", _consumers.Configure)
        : MassTransit.Bus.Factory.CreateUsingInMemory(bus =>
        {
            Wire.Configure(bus);
            _consumers.Configure(bus);
        });
}
