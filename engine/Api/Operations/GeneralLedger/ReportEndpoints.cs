using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.GeneralLedger;

namespace PaymentEngine.Api.Operations.GeneralLedger;

/// <summary>The chart of accounts, and what a day looks like on it.</summary>
internal sealed class ReportEndpoints(GeneralLedgerDesk desk)
{
    public async ValueTask<OrProblem<Answer>> SubjectsAsync(OperationsCall call) => Good(ReportWriter.Write(await desk.ChartAsync(call.Aborted)));

    public async ValueTask<OrProblem<Answer>> TrialBalanceAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadDay(call.Request, out var day, out var problem)
            ? Good(ReportWriter.Write(day, await desk.TrialBalanceAsync(day, call.Aborted)))
            : problem;

    public async ValueTask<OrProblem<Answer>> ReserveAsync(OperationsCall call) =>
        GeneralLedgerQuery.TryReadDay(call.Request, out var day, out var problem)
            ? Good(ReportWriter.Write(day, await desk.ReserveAsync(day, call.Aborted)))
            : problem;

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
