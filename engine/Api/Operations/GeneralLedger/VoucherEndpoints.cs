using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.GeneralLedger;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>Vouchers, and the postings of which none could be made.</summary>
internal sealed class VoucherEndpoints(GeneralLedgerDesk desk)
{
    public const string Posting = "posting";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        if (!GeneralLedgerQuery.TryReadDay(call.Request, out var day, out var problem) || !GeneralLedgerQuery.TryReadAfter(call.Request, out var after, out problem))
        {
            return problem;
        }

        var subject = (string?)call.Request.Query["subject"];
        return subject is not null && (await desk.ChartAsync(call.Aborted)).Find(subject) is null
            ? Problem.OfField("subject", FieldCodes.UnknownValue, "must be the code of a subject, such as 2241 or 2241.01.01")
            : Good(VoucherWriter.Write(await desk.VouchersAsync(day, after, subject, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadPosting(call.Request.RouteValues[Posting] as string, out var posting)
        && await desk.VoucherAsync(posting, call.Aborted) is { } voucher
            ? Good(VoucherWriter.Write(voucher))
            : Problem.Of(ProblemCodes.NotFound);

    public async ValueTask<OrProblem<Answer>> FailuresAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadAfterPosting(call.Request, out var after, out var problem)
            ? Good(VoucherWriter.Write(await desk.FailuresAsync(after, call.Aborted), GeneralLedgerDesk.PageSize))
            : problem;

    /// <summary>To redo what is done already is to find nothing left.</summary>
    public async ValueTask<OrProblem<Answer>> RedoAsync(OperationsCall call)
    {
        if (!(await OperationsBody.ReadAsync<SentRedo>(call, "POST /ops/v1/ledger/voucher-failures/redo", RedoReader.Read)).Has(out var body, out var problem))
        {
            return problem;
        }

        return Good(VoucherWriter.Write(body.Command switch
        {
            SentRedo.OfKind(var kind) => await desk.RedoAsync(kind, call.Aborted),
            SentRedo.OfPosting(var posting) => await desk.RedoAsync(posting, call.Aborted) ?? new VouchersMade(0, 0),
            var other => throw new InvalidOperationException($"nobody can redo {other}"),
        }));
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
