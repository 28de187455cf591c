using MassTransit;

namespace PaymentEngine.Runtime.Bus;

/// <summary>One connection to RabbitMQ and what is declared over it.</summary>
internal static class RabbitMqBus
{
    /// <summary>Redeliveries of a message whose consumers vanish before they answer, as when it kills its process.</summary>
    private const int DeliveryLimit = 20;

    public static IBusControl Create(BusOptions options, string purpose, Action<IBusFactoryConfigurator> configure) =>
        MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            var address = new Uri(options.ConnectionString!);
            var credentials = address.UserInfo.Split(':', 2);
            bus.Host(address, $"payment-engine {purpose}", host =>
            {
                host.Username(Uri.UnescapeDataString(credentials[0]));
                host.Password(Uri.UnescapeDataString(credentials[1]));
                host.PublisherConfirmation = true;
                host.Heartbeat(TimeSpan.FromSeconds(10));
                host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
            });
            Wire.Configure(bus);
            // An unroutable message would be confirmed and vanish unnoticed.
            bus.ConfigureSend(send => send.UseExecute(context =>
            {
                if (context.TryGetPayload<RabbitMqSendContext>(out var sent))
                {
                    sent.Mandatory = true;
                }
            }));
            configure(bus);
        });

    /// <summary>A quorum queue, because classic ones may lose messages when a killed broker recovers.</summary>
    public static void Declare(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        var parking = BusQueues.Parking(queue);
        // MassTransit parks with the arguments of the queue itself; the broker must find the parking queue declared alike.
        endpoint.BindDeadLetterQueue(parking, parking, parked => SetArguments(parked, parking));
        SetArguments(endpoint, parking);
    }

    private static void SetArguments(IRabbitMqQueueConfigurator queue, string parking)
    {
        queue.SetQueueArgument("x-queue-type", "quorum");
        queue.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        queue.SetQueueArgument("x-dead-letter-exchange", parking);
        queue.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        queue.SetQueueArgument("x-overflow", "reject-publish");
    }
}
