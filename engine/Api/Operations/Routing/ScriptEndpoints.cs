using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Scripting;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>Operations' scripts (C17): their versions, what they may see, what is wrong with one, what one would do.</summary>
internal sealed class ScriptEndpoints(RoutingDrafts drafts, RoutingDesk desk)
{
    public const string Name = "name";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var latest = (await drafts.LatestScriptsAsync(call.Aborted)).ToDictionary(version => version.Item.Name, version => version.Version);
        var inForce = desk.Compiled.InForce;
        return Good(StatusCodes.Status200OK, ScriptWriter.Write(RouteHook.All
            .Select(hook => hook.Name)
            .Concat(latest.Keys)
            .Concat(inForce.Scripts.Keys)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => (inForce.Of(RoutingItem.Script(name)), latest.GetValueOrDefault(name)))));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call)
    {
        var name = call.Request.RouteValues[Name] as string;
        if (!RoutingReader.IsScriptName(name))
        {
            return Problem.Of(ProblemCodes.NotFound);
        }

        var item = RoutingItem.Script(name!);
        var versions = await drafts.VersionsAsync(item, call.Aborted);
        return versions.Count > 0 || ScriptPurpose.OfScript(name!).IsHook
            ? Good(StatusCodes.Status200OK, ScriptWriter.Write(desk.Compiled.InForce.Of(item), versions))
            : Problem.Of(ProblemCodes.NotFound);
    }

    public async ValueTask<OrProblem<Answer>> AddAsync(OperationsCall call)
    {
        var name = call.Request.RouteValues[Name] as string;
        if (!RoutingReader.IsScriptName(name))
        {
            return Problem.OfField(Name, FieldCodes.InvalidCharacters, "a script's name begins with a letter and has at most 64 of a-z 0-9 _");
        }

        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await OperationsBody.ReadAsync<SentScript>(call, $"POST /ops/v1/scripts/{name}/versions", ScriptReader.ReadVersion)).Has(out var sent, out problem))
        {
            return problem;
        }

        var word = new RoutingWord(call.Actor, key, sent.Hash);
        return await drafts.AddScriptAsync(name!, sent.Command.Text, sent.Command.Comment, word, call.Aborted) switch
        {
            RoutingResult.Drafted(var version) => Good(StatusCodes.Status201Created, ScriptWriter.Write(version)),
            RoutingResult.Unfit(var errors) => OperationsProblems.Of(errors),
            RoutingResult.Refused(var code) => OperationsProblems.Of(code),
            var other => throw new InvalidOperationException($"the desk answered with {other}"),
        };
    }

    /// <summary>Stores nothing, so that what is wrong is the answer and not a problem.</summary>
    public static async ValueTask<OrProblem<Answer>> CheckAsync(OperationsCall call) =>
        (await OperationsBody.ReadAsync<TriedScript>(call, "POST /ops/v1/scripts/check", ScriptReader.ReadTry)).Has(out var sent, out var problem)
            ? Good(StatusCodes.Status200OK, ScriptWriter.Write(sent.Command.Purpose.Check(sent.Command.Text)))
            : problem;

    public static async ValueTask<OrProblem<Answer>> TryAsync(OperationsCall call)
    {
        if (!(await OperationsBody.ReadAsync<TriedScript>(call, "POST /ops/v1/scripts/try", ScriptReader.ReadTry)).Has(out var sent, out var problem))
        {
            return problem;
        }

        var (text, purpose, facts) = sent.Command;
        IReadOnlyList<ScriptError> errors = [.. purpose.Check(text).Where(finding => finding.Severity == Severity.Error)];
        return Good(StatusCodes.Status200OK, ScriptWriter.Write(
            errors.Count > 0 ? new ScriptTry(null, new ScriptTrace(), errors) : ScriptTry.Run(purpose, text, facts)));
    }

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
