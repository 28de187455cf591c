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

        v1.Offer("/result-codes", get: gate.Guard(codes.ListAsync), put: gate.Guard(codes.MapAsync));

        v1.MapRoutingApi(gate);
        v1.MapLedgerApi(gate);
        v1.MapProposalApi(gate);
        v1.MapGeneralLedgerApi(gate);

        var reroutes = endpoints.ServiceProvider.GetRequiredService<RerouteEndpoints>();
        const string Trade = "/trades/{" + RerouteEndpoints.TradeNo + "}";
        v1.Offer("/reroutes", get: gate.Guard(reroutes.ListAsync));
        v1.Offer(Trade + "/reroutes", post: gate.Guard(reroutes.RequestAsync));
        v1.Offer("/reroutes/{" + RerouteEndpoints.Request + "}/approve", post: gate.Guard(reroutes.ApproveAsync, OperatorRoles.Approve));
        v1.Offer(Trade + "/institution-orders/{" + RerouteEndpoints.OrderNo + "}/query", post: gate.Guard(reroutes.AskAsync));

        v1.Offer("/alerts", get: gate.Guard(alerts.ListAsync));

        const string acknowledge = $"/alerts/{{{AlertEndpoints.Id}}}/acknowledge";
        v1.Offer(acknowledge, post: gate.Guard(alerts.AcknowledgeAsync));

        var channels = endpoints.ServiceProvider.GetRequiredService<ChannelEndpoints>();
        v1.Offer("/channels", get: gate.Guard(channels.ListAsync));
        v1.Offer("/channels/{" + ChannelEndpoints.Code + "}/limits", get: gate.Guard(channels.LimitsAsync));

        var reserves = endpoints.ServiceProvider.GetRequiredService<ReserveEndpoints>();
        v1.Offer("/reserves", get: gate.Guard(reserves.ListAsync), put: gate.Guard(reserves.SetAsync));

        v1.Map("/{**anything}", RequestGuard.Refuse(ProblemCodes.NotFound));
        return endpoints;
    }
}
