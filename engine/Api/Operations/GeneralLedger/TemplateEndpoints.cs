using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>How postings look in the general ledger: written by one person, approved by another.</summary>
internal sealed class TemplateEndpoints(TemplateDesk desk, GeneralLedgerDesk ledger)
{
    public const string Kind = "kind";
    public const string Version = "version";

    /// <summary>With the names that amounts may speak of.</summary>
    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) =>
        Good(TemplateWriter.Write(await desk.ListAsync(null, call.Aborted), await ledger.ChartAsync(call.Aborted)));

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadKind(call.Request.RouteValues[Kind] as string, out var kind)
            ? Good(TemplateWriter.Write(await desk.ListAsync(kind, call.Aborted), await ledger.ChartAsync(call.Aborted)))
            : Problem.Of(ProblemCodes.NotFound);

    public async ValueTask<OrProblem<Answer>> DraftAsync(OperationsCall call)
    {
        var name = call.Request.RouteValues[Kind] as string;
        if (!GeneralLedgerQuery.TryReadKind(name, out var kind))
        {
            return Problem.OfField(Kind, FieldCodes.UnknownValue, GeneralLedgerQuery.KindsInWords);
        }

        return (await OperationsBody.ReadAsync<SentTemplate>(call, $"PUT /ops/v1/ledger/voucher-templates/{name}", TemplateReader.Read)).Has(out var body, out var problem)
            ? Of(await desk.DraftAsync(kind, body.Command.Lines, call.Actor, call.Aborted))
            : problem;
    }

    public async ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadKind(call.Request.RouteValues[Kind] as string, out var kind)
        && int.TryParse(call.Request.RouteValues[Version] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? Of(await desk.ApproveAsync(kind, version, call.Actor, call.Aborted))
            : OperationsProblems.Of(TemplateRefusals.NotFound);

    private static OrProblem<Answer> Of(TemplateResult result) => result switch
    {
        TemplateResult.Stored(var template) => Good(TemplateWriter.Write(template)),
        TemplateResult.Unfit(var errors) => OperationsProblems.Of(errors),
        TemplateResult.Refused(var code) => OperationsProblems.Of(code),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
