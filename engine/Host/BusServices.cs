using Microsoft.Extensions.Options;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Host;

/// <summary>The message bus. Handlers are registered as <see cref="IHandle{TMessage}"/> by whoever handles.</summary>
internal static class BusServices
{
    public static void AddEngineBus(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section)
            .Configure(options => options.ConnectionString = configuration.GetConnectionString("Broker"))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BusOptions>>().Value);
        services.AddSingleton<BusMetrics>();
        services.AddSingleton<Consumers>();
        services.AddSingleton<MassTransitCarrier>();
        services.AddSingleton<EngineBus>();
        services.AddSingleton<IEngineBus>(provider => provider.GetRequiredService<EngineBus>());
        services.AddHostedService(provider => provider.GetRequiredService<EngineBus>());
    }

    /// <summary>With a broker any node may take what another one stored; alone, a node hands over in its own memory.</summary>
    public static void HandOverByBus(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection(BusOptions.Section).Get<BusOptions>()?.Transport != BusTransport.RabbitMq)
        {
            return;
        }

        services.AddEngineBus(configuration);
        services.AddSingleton<ICallbackHandOver, Runtime.Callbacks.BusHandOver>();
        services.AddSingleton<IHandle<CallbacksArrived>, CallbacksArrivedHandler>();
        services.AddSingleton<INotificationHandOver, Runtime.Notifications.BusHandOver>();
        services.AddSingleton<IHandle<NotificationsWaiting>, NotificationsWaitingHandler>();
    }
}
