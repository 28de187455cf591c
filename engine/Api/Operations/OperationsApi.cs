using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Operations.GeneralLedger;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Operations.Proposals;
using PaymentEngine.Api.Operations.Routing;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Operations;

/// <summary>The operations' interface: which path leads where. Its keys are its own; a merchant's opens nothing here.</summary>
public static class OperationsApi
{
    public static IServiceCollection AddOperationsApi(this IServiceCollection services) => services
        .AddSingleton<OperationsGate>()
        .AddSingleton<ResultCodeEndpoints>()
        .AddSingleton<RerouteEndpoints>()
        .AddSingleton<AlertEndpoints>()
        .AddSingleton<ReserveEndpoints>()
        .AddSingleton<ChannelEndpoints>()
        .AddGeneralLedgerApi()
        .AddRoutingApi()
        .AddLedgerApi()
        .AddProposalApi();

    public static IEndpointRouteBuilder MapOperationsApi(this IEndpointRouteBuilder endpoints)
    {
        var gate = endpoints.ServiceProvider.GetRequiredService<OperationsGate>();
        var codes = endpoints.ServiceProvider.GetRequiredService<ResultCodeEndpoints>();
        var alerts = endpoints.ServiceProvider.GetRequiredService<AlertEndpoints>();
        var v1 = endpoints.MapGroup("/ops/v1");

        v1.MapGet("/result-codes", gate.Guard(codes.ListAsync));
        v1.MapPut("/result-codes", gate.Guard(codes.MapAsync));
        v1.Map("/result-codes", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET, PUT"));

        v1.MapRoutingApi(gate);
        v1.MapLedgerApi(gate);
        v1.MapProposalApi(gate);
        v1.MapGeneralLedgerApi(gate);

        var reroutes = endpoints.ServiceProvider.GetRequiredService<RerouteEndpoints>();
        const string Trade = "/trades/{" + RerouteEndpoints.TradeNo + "}";
        v1.MapGet("/reroutes", gate.Guard(reroutes.ListAsync));
        v1.MapPost(Trade + "/reroutes", gate.Guard(reroutes.RequestAsync));
        v1.MapPost("/reroutes/{" + RerouteEndpoints.Request + "}/approve", gate.Guard(reroutes.ApproveAsync, OperatorRoles.Approve));
        v1.MapPost(Trade + "/institution-orders/{" + RerouteEndpoints.OrderNo + "}/query", gate.Guard(reroutes.AskAsync));

        v1.MapGet("/alerts", gate.Guard(alerts.ListAsync));
        v1.Map("/alerts", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET"));

        const string acknowledge = $"/alerts/{{{AlertEndpoints.Id}}}/acknowledge";
        v1.MapPost(acknowledge, gate.Guard(alerts.AcknowledgeAsync));
        v1.Map(acknowledge, RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "POST"));

        var channels = endpoints.ServiceProvider.GetRequiredService<ChannelEndpoints>();
        v1.MapGet("/channels", gate.Guard(channels.ListAsync));
        v1.Map("/channels", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET"));
        v1.MapGet("/channels/{" + ChannelEndpoints.Code + "}/limits", gate.Guard(channels.LimitsAsync));

        var reserves = endpoints.ServiceProvider.GetRequiredService<ReserveEndpoints>();
        v1.MapGet("/reserves", gate.Guard(reserves.ListAsync));
        v1.MapPut("/reserves", gate.Guard(reserves.SetAsync));
        v1.Map("/reserves", RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow: "GET, PUT"));

        v1.Map("/{**anything}", RequestGuard.Refuse(ProblemCodes.NotFound));
        return endpoints;
    }
}
