using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Runtime.Alerts;

namespace PaymentEngine.Runtime.Bus;

/// <summary>Attaches the handlers of this process to their queues.</summary>
public sealed class Consumers(IServiceProvider services, BusOptions options, BusMetrics metrics, AlertBell bell, ILogger<Consumers> log)
{
    public void Configure(IBusFactoryConfigurator bus)
    {
        Attach<CallbacksArrived>(bus, [BusQueues.Callbacks]);
        Attach<NotificationsWaiting>(bus, Enumerable.Range(0, BusQueues.Lanes).Select(BusQueues.Notifications));
        Attach<OrdersWaiting>(bus, options.Applications.Select(BusQueues.Orders));
    }

    private void Attach<TMessage>(IBusFactoryConfigurator bus, IEnumerable<string> queues)
        where TMessage : class
    {
        if (services.GetService<IHandle<TMessage>>() is not { } handler)
        {
            return;
        }

        foreach (var queue in queues)
        {
            bus.ReceiveEndpoint(queue, endpoint => Configure(endpoint, queue, handler));
        }
    }

    private void Configure<TMessage>(IReceiveEndpointConfigurator endpoint, string queue, IHandle<TMessage> handler)
        where TMessage : class
    {
        // No exchange per message type: the queue is addressed by its name.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = options.Prefetch;
        endpoint.ConcurrentMessageLimit = options.HandleAtOnce;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            RabbitMqBus.Declare(rabbit, queue);
        }

        endpoint.ConfigureError(error =>
        {
            error.UseExecute(context => Park(queue, context));
            error.UseFilter(new ErrorTransportFilter());
        });
        endpoint.Handler<TMessage>(context => HandleAsync(queue, handler, context));
    }

    private async Task HandleAsync<TMessage>(string queue, IHandle<TMessage> handler, ConsumeContext<TMessage> context)
        where TMessage : class
    {
        for (var attempt = 1; ; attempt++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            patience.CancelAfter(options.HandlerTimeout);
            try
            {
                Failpoints.Pass(Failpoint.BeforeMessage);
                await handler.HandleAsync(context.Message, patience.Token);
                Failpoints.Pass(Failpoint.BeforeMessageAcknowledged);
                metrics.Handled(queue);
                return;
            }
            catch (Exception failed) when (attempt < options.Attempts && !context.CancellationToken.IsCancellationRequested)
            {
                log.LogWarning(failed, "attempt {Attempt} at a message of {Queue} failed", attempt, queue);
            }
        }
    }

    /// <summary>Runs before a message is moved to the parking queue, whatever could not be done with it.</summary>
    private void Park(string queue, ExceptionReceiveContext context)
    {
        // A consumer that is stopping has not failed: thrown from here, the message goes back to its queue.
        context.CancellationToken.ThrowIfCancellationRequested();
        metrics.Parked(queue);
        log.LogError(context.Exception, "a message of {Queue} is parked", queue);
        bell.Ring(
            AlertKinds.MessageParked, AlertSeverity.Warning, queue,
            $"A message that no attempt could handle was moved to {BusQueues.Parking(queue)}: {context.Exception.Message}");
    }
}
