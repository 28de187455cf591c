using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Api.Http;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>The part of the operations' interface that needs two: which path leads where, and who may go there.</summary>
internal static class ProposalApi
{
    public const string Number = "number";

    public static IServiceCollection AddProposalApi(this IServiceCollection services) => services
        .AddSingleton<AdjustmentEndpoints>()
        .AddSingleton<ChangeEndpoints>();

    public static void MapProposalApi(this IEndpointRouteBuilder v1, OperationsGate gate)
    {
        v1.Map("/ledger/adjustments", v1.ServiceProvider.GetRequiredService<AdjustmentEndpoints>(), gate);
        v1.Map("/ledger/changes", v1.ServiceProvider.GetRequiredService<ChangeEndpoints>(), gate);
    }

    /// <summary>Everybody of operations may ask; who may agree is said by his key.</summary>
    private static void Map<TWanted, TContent, TView>(
        this IEndpointRouteBuilder v1, string path, ProposalEndpoints<TWanted, TContent, TView> proposals, OperationsGate gate)
        where TWanted : class
        where TContent : IProposalContent
        where TView : class
    {
        v1.Offer(path, get: gate.Guard(proposals.ListAsync), post: gate.Guard(proposals.RequestAsync));
        v1.Offer($"{path}/{{{Number}}}", get: gate.Guard(proposals.ReadAsync));
        v1.Offer($"{path}/{{{Number}}}/approve", post: gate.Guard(proposals.ApproveAsync, OperatorRoles.Approve));
        v1.Offer($"{path}/{{{Number}}}/refuse", post: gate.Guard(proposals.RefuseAsync, OperatorRoles.Approve));
    }
}
