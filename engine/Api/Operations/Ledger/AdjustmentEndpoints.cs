using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Bookings by hand (A10): asking for one, agreeing to it, refusing it. The desk decides.</summary>
internal sealed class AdjustmentEndpoints(AdjustmentDesk desk)
{
    public const string Number = "adjustment";

    private const string State = "state";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadNumber(call, LedgerQuery.After, LedgerNumber.TryAdjustment, "an adjustment", errors);
        var state = LedgerQuery.TextOrNull(call, State);
        if (state is not (null or "open" or "all"))
        {
            errors.Add(State, FieldCodes.UnknownValue, "must be open, all, or absent");
        }

        return errors.Any
            ? errors.ToProblem()
            : Good(StatusCodes.Status200OK, AdjustmentWriter.Write(await desk.ListAsync(state == "all", after, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        TryNumber(call, out var id) && await desk.FindAsync(id, call.Aborted) is { } adjustment
            ? Good(StatusCodes.Status200OK, AdjustmentWriter.Write(adjustment))
            : NotFound;

    public async ValueTask<OrProblem<Answer>> RequestAsync(OperationsCall call) =>
        IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
        && (await OperationsBody.ReadAsync<RequestAdjustment>(call, "POST /ops/v1/ledger/adjustments", AdjustmentReader.Read)).Has(out var body, out problem)
            ? Of(StatusCodes.Status201Created, await desk.RequestAsync(body.Command, call.Actor, key, body.Hash, call.Aborted))
            : problem;

    /// <summary>The number of the adjustment is the key: to approve it again is to be told again what came of it.</summary>
    public async ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentApproval>(call, $"POST /ops/v1/ledger/adjustments/{id.Value}/approve", VerdictReader.ReadApproval))
            .Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.ApproveAsync(id, body.Command.ContentHash, call.Actor, call.Aborted))
            : problem;

    public async ValueTask<OrProblem<Answer>> RefuseAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentRefusal>(call, $"POST /ops/v1/ledger/adjustments/{id.Value}/refuse", VerdictReader.ReadRefusal))
            .Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.RefuseAsync(id, body.Command.Remark, call.Actor, call.Aborted))
            : problem;

    private static Problem NotFound => LedgerProblems.Of(new AdjustmentResult.Refused(AdjustmentRefusals.NotFound));

    private static OrProblem<Answer> Of(int status, AdjustmentResult result) => result switch
    {
        AdjustmentResult.Stored(var adjustment) => Good(status, AdjustmentWriter.Write(adjustment)),
        AdjustmentResult.Unfit(var faults) => LedgerProblems.Of(faults),
        AdjustmentResult.RefusedByLedger(var reason, var detail) => LedgerProblems.Of(reason, detail),
        AdjustmentResult.Refused refused => LedgerProblems.Of(refused),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private static bool TryNumber(OperationsCall call, out OrderId id) => LedgerNumber.TryAdjustment(call.Request.RouteValues[Number] as string, out id);

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
