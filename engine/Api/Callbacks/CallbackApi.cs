using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentEngine.Api.Callbacks;

/// <summary>The one public address at which all institutions speak to us. The host provides the reception.</summary>
public static class CallbackApi
{
    public static IServiceCollection AddCallbackApi(this IServiceCollection services) => services.AddSingleton<CallbackEndpoint>();

    public static IEndpointRouteBuilder MapCallbackApi(this IEndpointRouteBuilder endpoints)
    {
        var callbacks = endpoints.ServiceProvider.GetRequiredService<CallbackEndpoint>();
        endpoints.MapPost("/callbacks/{channel}", callbacks.ReceiveAsync);
        return endpoints;
    }
}
