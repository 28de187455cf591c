using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Text;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>The setup of routing as a text (C1): its versions, written and read as YAML or JSON.</summary>
internal sealed class SetupEndpoints(RoutingDrafts drafts)
{
    public const string Version = "version";

    private const string Comment = "comment";
    private const string Path = "POST /ops/v1/routing/setups";

    private static readonly TextRule CommentRule = TextRule.OfLines(0, FieldLimits.Comment);

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) =>
        Good(StatusCodes.Status200OK, RoutingWriter.WriteSetups(await drafts.VersionsAsync(RoutingItem.Setup, call.Aborted)));

    /// <summary>As it was written, when that is the form that is asked for; else as we write it.</summary>
    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call)
    {
        if (!int.TryParse(call.Request.RouteValues[Version] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || await drafts.FindAsync(new RoutingVersionId(RoutingItem.Setup, version), call.Aborted) is not { } found)
        {
            return OperationsProblems.Of(RoutingRefusals.VersionNotFound);
        }

        var wantsJson = call.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);
        var text = RoutingText.IsJson(found.Text) == wantsJson ? found.Text
            : wantsJson ? RoutingText.ToJson(RoutingText.Read(found.Text).Setup)
            : RoutingText.ToYaml(RoutingText.Read(found.Text).Setup);
        return Good(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(text)) with { ContentType = wantsJson ? MediaType.Json : MediaType.Yaml };
    }

    public async ValueTask<OrProblem<Answer>> AddAsync(OperationsCall call)
    {
        var comment = call.Request.Query[Comment].ToString();
        if (!CommentRule.Accepts(comment))
        {
            return Problem.OfField(Comment, FieldCodes.WrongLength, CommentRule.LengthInWords);
        }

        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await ReadTextAsync(call, $"{Path}?{Comment}={Uri.EscapeDataString(comment)}")).Has(out var sent, out problem))
        {
            return problem;
        }

        return await drafts.AddSetupAsync(sent.Command, comment, new RoutingWord(call.Actor, key, sent.Hash), call.Aborted) switch
        {
            RoutingResult.Drafted(var version) => Good(StatusCodes.Status201Created, RoutingWriter.WriteSetup(version)),
            RoutingResult.Unfit(var errors) => OperationsProblems.Of(errors),
            RoutingResult.Refused(var code) => OperationsProblems.Of(code),
            var other => throw new InvalidOperationException($"the desk answered with {other}"),
        };
    }

    /// <summary>Stores nothing, so that what is wrong is the answer and not a problem.</summary>
    public async ValueTask<OrProblem<Answer>> CheckAsync(OperationsCall call) =>
        (await ReadTextAsync(call, $"{Path}/check")).Has(out var sent, out var problem)
            ? Good(StatusCodes.Status200OK, RoutingWriter.Write(drafts.CheckSetup(sent.Command)))
            : problem;

    private static async ValueTask<OrProblem<OperationsBody<string>>> ReadTextAsync(OperationsCall call, string operation)
    {
        if (!(await RequestBody.ReadAsync(call.Request, operation, FieldLimits.SetupBytes)).Has(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            return !MediaType.IsYaml(call.Request) && !MediaType.IsJson(call.Request)
                ? Problem.Of(ProblemCodes.UnsupportedMediaType, $"Content-Type is {MediaType.Yaml} or {MediaType.Json}.")
                : !Utf8.IsValid(body.Json) ? Problem.Of(ProblemCodes.InvalidUtf8)
                : new OperationsBody<string>(Encoding.UTF8.GetString(body.Json), body.Hash());
        }
    }

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
