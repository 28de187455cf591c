using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.OpenApi;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Merchants;

/// <summary>The merchants' interface: which path leads where. The host provides the desk and the merchant directory.</summary>
public static class MerchantApi
{
    public static IServiceCollection AddMerchantApi(this IServiceCollection services) => services
        .AddMerchantDocument()
        .AddSingleton<ITradeAnswerWriter, TradeAnswerWriter>()
        .AddSingleton<MerchantGate>()
        .AddSingleton<TradeEndpoints>();

    public static IEndpointRouteBuilder MapMerchantApi(this IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<MerchantGate>();
        var trades = endpoints.ServiceProvider.GetRequiredService<TradeEndpoints>();
        var v1 = endpoints.MapGroup("/v1");

        v1.MapPost("/trades", gate.Guard(trades.OpenAsync)).Describe(MerchantOperations.OpenTrade);
        v1.MapGet("/trades", gate.Guard(trades.FindByOrderNoAsync)).Describe(MerchantOperations.FindTradeByOrderNo);
        v1.Map("/trades", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET, POST"));

        v1.MapGet("/trades/{trade_no}", gate.Guard(trades.FindAsync)).Describe(MerchantOperations.FindTrade);
        v1.Map("/trades/{trade_no}", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET"));

        v1.MapPost("/trades/{trade_no}/payments", gate.Guard(trades.PayAsync)).Describe(MerchantOperations.StartPayment);
        v1.Map("/trades/{trade_no}/payments", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "POST"));

        v1.MapPost("/trades/{trade_no}/refunds", gate.Guard(trades.RefundAsync)).Describe(MerchantOperations.RefundTrade);
        v1.Map("/trades/{trade_no}/refunds", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "POST"));

        v1.MapPost("/trades/{trade_no}/close", gate.Guard(trades.CloseAsync)).Describe(MerchantOperations.CloseTrade);
        v1.Map("/trades/{trade_no}/close", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "POST"));

        v1.Map("/{**anything}", RequestGuard.Refuse(ProblemCodes.NotFound));
        endpoints.MapOpenApi(MerchantDocument.Path);
        return endpoints;
    }

    /// <summary>
    /// Answers what no interface of the engine does: a path that was put together wrongly, or somebody looking around. Not
    /// an endpoint, which would hide that another method of its path is known.
    /// </summary>
    public static IApplicationBuilder RefuseTheRest(this IApplicationBuilder app)
    {
        var refuse = RequestGuard.Refuse(ProblemCodes.NotFound);
        return app.Use(next => context => context.GetEndpoint() is null ? refuse(context) : next(context));
    }
}
