using Microsoft.Extensions.Options;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Bus;

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
        services.AddSingleton<AlertBell>();
        services.AddSingleton<Consumers>();
        services.AddSingleton<MassTransitCarrier>();
        services.AddSingleton<EngineBus>();
        services.AddSingleton<IEngineBus>(provider => provider.GetRequiredService<EngineBus>());
        services.AddHostedService(provider => provider.GetRequiredService<EngineBus>());
    }
}
