using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentEngine.Api.Returns;

/// <summary>Where institutions send payers' browsers when they have paid, or not. The host notes who came back.</summary>
public static class ReturnApi
{
    public static IServiceCollection AddReturnApi(this IServiceCollection services) => services.AddSingleton<ReturnEndpoint>();

    public static IEndpointRouteBuilder MapReturnApi(this IEndpointRouteBuilder endpoints)
    {
        var returns = endpoints.ServiceProvider.GetRequiredService<ReturnEndpoint>();

        // Some institutions have the browser post a form.
        endpoints.MapMethods("/return/{channel}", [HttpMethods.Get, HttpMethods.Post], returns.ComeBackAsync).ExcludeFromDescription();
        return endpoints;
    }
}
