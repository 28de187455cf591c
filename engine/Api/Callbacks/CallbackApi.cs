using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentEngine.Api.Callbacks;

/// <summary>
/// The address at which institutions speak to us, public or at the end of a leased line. The host provides the reception,
/// and says where the lines end.
/// </summary>
public static class CallbackApi
{
    public const string Path = "/callbacks";

    public static IServiceCollection AddCallbackApi(this IServiceCollection services) =>
        services.AddSingleton<CallbackDoors>().AddSingleton<CallbackEndpoint>();

    public static IEndpointRouteBuilder MapCallbackApi(this IEndpointRouteBuilder endpoints)
    {
        var callbacks = endpoints.ServiceProvider.GetRequiredService<CallbackEndpoint>();
        endpoints.MapPost(Path + "/{channel}", callbacks.ReceiveAsync);
        return endpoints;
    }
}
