using Microsoft.Extensions.Options;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Host;

/// <summary>What changes from moment to moment and routing goes by.</summary>
internal static class ConditionServices
{
    public static void AddConditions(this IServiceCollection services)
    {
        services.AddOptions<ConditionOptions>().BindConfiguration(ConditionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ConditionOptions>>().Value);
        services.AddSingleton<HealthStore>();
        services.AddSingleton<CardMemoryStore>();
        services.AddSingleton<ReserveStore>();
        services.AddSingleton<VolumeStore>();
        services.AddSingleton<ChannelHealth>();
        services.AddSingleton<CardMemory>();
        services.AddSingleton<ReserveDesk>();
        services.AddSingleton<ChannelVolumes>();
        services.AddSingleton<FullLimits>();
        services.AddSingleton<ResultWatch>();
        services.AddSingleton<RouteConditions>();
        services.AddSingleton<ChannelOverview>();
        services.AddSingleton<IRouteConditions>(provider => provider.GetRequiredService<RouteConditions>());
        services.AddOnceListening<ConditionExchange>();
    }
}
