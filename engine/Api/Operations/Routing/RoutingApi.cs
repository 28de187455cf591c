using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>The part of the operations' interface that is about routing: which path leads where, and who may go there.</summary>
internal static class RoutingApi
{
    public static IServiceCollection AddRoutingApi(this IServiceCollection services) => services
        .AddSingleton<RoutingEndpoints>()
        .AddSingleton<ReplayEndpoints>()
        .AddSingleton<SetupEndpoints>()
        .AddSingleton<ScriptEndpoints>();

    public static void MapRoutingApi(this IEndpointRouteBuilder v1, OperationsGate gate)
    {
        var routing = v1.ServiceProvider.GetRequiredService<RoutingEndpoints>();
        v1.Offer("/routing", get: gate.Guard(routing.ReadAsync));
        v1.Offer("/routing/activations", get: gate.Guard(routing.HistoryAsync), post: gate.Guard(routing.RequestAsync));
        v1.Offer("/routing/rollbacks", post: gate.Guard(routing.RollBackAsync));

        v1.Offer("/routing/replay", post: gate.Guard(v1.ServiceProvider.GetRequiredService<ReplayEndpoints>().RunAsync, OperatorRoles.View));

        const string Activation = "/routing/activations/{" + RoutingEndpoints.Activation + "}";
        v1.Offer(Activation + "/approval", post: gate.Guard(routing.ApproveAsync, OperatorRoles.Approve));
        v1.Offer(Activation + "/withdrawal", post: gate.Guard(routing.WithdrawAsync));

        var setups = v1.ServiceProvider.GetRequiredService<SetupEndpoints>();
        const string Setup = "/routing/setups/{" + SetupEndpoints.Version + "}";
        v1.Offer("/routing/setups", get: gate.Guard(setups.ListAsync), post: gate.Guard(setups.AddAsync));
        v1.Offer("/routing/setups/check", post: gate.Guard(setups.CheckAsync, OperatorRoles.View));
        v1.Offer(Setup, get: gate.Guard(setups.ReadAsync));

        var scripts = v1.ServiceProvider.GetRequiredService<ScriptEndpoints>();
        const string Script = "/scripts/{" + ScriptEndpoints.Name + "}";
        v1.Offer("/scripts", get: gate.Guard(scripts.ListAsync));
        v1.Offer("/scripts/check", post: gate.Guard(ScriptEndpoints.CheckAsync, OperatorRoles.View));
        v1.Offer("/scripts/try", post: gate.Guard(ScriptEndpoints.TryAsync, OperatorRoles.View));
        v1.Offer(Script, get: gate.Guard(scripts.ReadAsync));
        v1.Offer(Script + "/versions", post: gate.Guard(scripts.AddAsync));
    }
}
