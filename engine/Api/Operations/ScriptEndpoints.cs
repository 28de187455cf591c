using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Runtime.Scripts;

namespace PaymentEngine.Api.Operations;

/// <summary>What operations' scripts decide (C13, C14). A script with errors is refused here, and told where they are.</summary>
internal sealed class ScriptEndpoints(RouteScriptDesk desk)
{
    public const string Hook = "hook";

    /// <summary>Of a field: the script cannot go live.</summary>
    private const string ScriptError = "script_error";

    public ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) =>
        new(Good(ScriptWriter.Write(RouteHook.All.Select(hook => (hook, desk.Latest(hook))))));

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        HookOf(call) is { } hook ? await TellAsync(hook, call) : Problem.Of(ProblemCodes.NotFound);

    public async ValueTask<OrProblem<Answer>> StoreAsync(OperationsCall call)
    {
        if (HookOf(call) is not { } hook)
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        return (await OperationsBody.ReadAsync<SentScript>(call, $"PUT /ops/v1/scripts/{hook.Name}", ScriptReader.Read)).Has(out var body, out var problem)
            ? await StoreAsync(hook, body.Command.Text, call)
            : problem;
    }

    /// <summary>The default decides again. What was stored stays in the history.</summary>
    public async ValueTask<OrProblem<Answer>> TakeBackAsync(OperationsCall call) =>
        HookOf(call) is { } hook ? await StoreAsync(hook, script: null, call) : Problem.Of(ProblemCodes.NotFound);

    private async ValueTask<OrProblem<Answer>> StoreAsync(RouteHook hook, string? script, OperationsCall call)
    {
        var errors = new FieldErrors();
        foreach (var error in await desk.StoreAsync(hook, script, call.Actor, call.Aborted))
        {
            errors.Add(ScriptReader.Field, ScriptError, $"line {error.At.Line}, column {error.At.Column}: {error.Message}");
        }

        return errors.Any ? errors.ToProblem() : await TellAsync(hook, call);
    }

    private async ValueTask<Answer> TellAsync(RouteHook hook, OperationsCall call) =>
        Good(ScriptWriter.Write(hook, await desk.HistoryAsync(hook, call.Aborted)));

    private static RouteHook? HookOf(OperationsCall call) =>
        RouteHook.All.FirstOrDefault(hook => hook.Name == call.Request.RouteValues[Hook] as string);

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
