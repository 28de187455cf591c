using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
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
        v1.MapGet("/routing", gate.Guard(routing.ReadAsync));
        v1.Refuse("/routing", "GET");
        v1.MapGet("/routing/activations", gate.Guard(routing.HistoryAsync));
        v1.MapPost("/routing/activations", gate.Guard(routing.RequestAsync));
        v1.Refuse("/routing/activations", "GET, POST");
        v1.MapPost("/routing/rollbacks", gate.Guard(routing.RollBackAsync));
        v1.Refuse("/routing/rollbacks", "POST");

        v1.MapPost("/routing/replay", gate.Guard(v1.ServiceProvider.GetRequiredService<ReplayEndpoints>().RunAsync, OperatorRoles.View));
        v1.Refuse("/routing/replay", "POST");

        const string Activation = "/routing/activations/{" + RoutingEndpoints.Activation + "}";
        v1.MapPost(Activation + "/approval", gate.Guard(routing.ApproveAsync, OperatorRoles.Approve));
        v1.Refuse(Activation + "/approval", "POST");
        v1.MapPost(Activation + "/withdrawal", gate.Guard(routing.WithdrawAsync));
        v1.Refuse(Activation + "/withdrawal", "POST");

        var setups = v1.ServiceProvider.GetRequiredService<SetupEndpoints>();
        const string Setup = "/routing/setups/{" + SetupEndpoints.Version + "}";
        v1.MapGet("/routing/setups", gate.Guard(setups.ListAsync));
        v1.MapPost("/routing/setups", gate.Guard(setups.AddAsync));
        v1.Refuse("/routing/setups", "GET, POST");
        v1.MapPost("/routing/setups/check", gate.Guard(setups.CheckAsync, OperatorRoles.View));
        v1.Refuse("/routing/setups/check", "POST");
        v1.MapGet(Setup, gate.Guard(setups.ReadAsync));
        v1.Refuse(Setup, "GET");

        var scripts = v1.ServiceProvider.GetRequiredService<ScriptEndpoints>();
        const string Script = "/scripts/{" + ScriptEndpoints.Name + "}";
        v1.MapGet("/scripts", gate.Guard(scripts.ListAsync));
        v1.Refuse("/scripts", "GET");
        v1.MapPost("/scripts/check", gate.Guard(ScriptEndpoints.CheckAsync, OperatorRoles.View));
        v1.Refuse("/scripts/check", "POST");
        v1.MapPost("/scripts/try", gate.Guard(ScriptEndpoints.TryAsync, OperatorRoles.View));
        v1.Refuse("/scripts/try", "POST");
        v1.MapGet(Script, gate.Guard(scripts.ReadAsync));
        v1.Refuse(Script, "GET");
        v1.MapPost(Script + "/versions", gate.Guard(scripts.AddAsync));
        v1.Refuse(Script + "/versions", "POST");
    }

    private static void Refuse(this IEndpointRouteBuilder v1, string path, string allow) =>
        v1.Map(path, RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, allow));
}
