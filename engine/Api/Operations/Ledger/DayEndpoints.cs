using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Closing;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>The ledger's days (A7): which are closed, with their certificates, which are not, and why; closing one by hand.</summary>
internal sealed class DayEndpoints(LedgerDays days, ClosingDesk desk)
{
    public const string Day = "day";

    private const string Before = "before";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var before = LedgerQuery.TextOrNull(call, Before) is { } text ? Read(text) : null;
        if (before is null && LedgerQuery.TextOrNull(call, Before) is not null)
        {
            errors.Add(Before, FieldCodes.OutOfRange, "must be a day, such as 2026-11-20");
        }

        return errors.Any ? errors.ToProblem() : Good(DayWriter.Write(await days.ListAsync(before, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        Read(call.Request.RouteValues[Day] as string) is { } day && await FindAsync(day, call.Aborted) is { } found
            ? Good(DayWriter.Write(found))
            : Problem.Of(LedgerProblems.DayNotFound);

    /// <summary>To close a day again is to be shown its certificate.</summary>
    public async ValueTask<OrProblem<Answer>> CloseAsync(OperationsCall call)
    {
        if (Read(call.Request.RouteValues[Day] as string) is not { } day || await FindAsync(day, call.Aborted) is not { } found)
        {
            return Problem.Of(LedgerProblems.DayNotFound);
        }

        if (!(await OperationsBody.ReadAsync<SentClosing>(call, $"POST /ops/v1/ledger/days/{day:O}/close", ClosingReader.Read)).Has(out var body, out var problem))
        {
            return problem;
        }

        if (found.Certificate is not null)
        {
            return Good(DayWriter.Write(found));
        }

        return await desk.CloseAsync(day, call.Actor, body.Command.Accepted, body.Command.Remark, call.Aborted) switch
        {
            ClosingResult.Closed => Good(DayWriter.Write((await FindAsync(day, call.Aborted))!)),
            ClosingResult.Refused(var reasons) => Problem.Of(
                LedgerProblems.DayNotClosable, string.Join("; ", reasons.Select(reason => $"{DayWriter.Name(reason.Why)}: {reason.Detail}"))),
            ClosingResult.Busy => Problem.Of(LedgerProblems.DayBusy),
            _ => Problem.Of(LedgerProblems.DayNotItsTurn),
        };
    }

    private async Task<LedgerDayRecord?> FindAsync(DateOnly day, CancellationToken cancellation) =>
        day == DateOnly.MaxValue ? null : (await days.ListAsync(day.AddDays(1), 1, cancellation)).FirstOrDefault(found => found.Day == day);

    private static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
