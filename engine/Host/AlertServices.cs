using Microsoft.Extensions.Options;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.Alerts;

namespace PaymentEngine.Host;

/// <summary>What tells people that something waits for them.</summary>
internal static class AlertServices
{
    public static void AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AlertOptions>>().Value);
        services.AddSingleton<AlertStore>();
        services.AddSingleton<AlertTargets>();
        services.AddSingleton<AlertDesk>();
        services.AddOnceListening<AlertPump>();
        services.AddOnceListening<OutageWatch>();
    }
}
