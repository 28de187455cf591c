using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>What gives somebody more to spend (P2): asking for it, agreeing to it, refusing it. The desk decides.</summary>
internal sealed class ChangeEndpoints(ChangeDesk desk)
{
    public const string Number = "change";

    private const string Path = "/ops/v1/ledger/changes";
    private const string State = "state";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadNumber(call, LedgerQuery.After, LedgerNumber.TryChange, "a change", errors);
        var state = LedgerQuery.TextOrNull(call, State);
        if (state is not (null or "open" or "all"))
        {
            errors.Add(State, FieldCodes.UnknownValue, "must be open, all, or absent");
        }

        return errors.Any
            ? errors.ToProblem()
            : Good(StatusCodes.Status200OK, ChangeWriter.Write(await desk.ListAsync(state == "all", after, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        TryNumber(call, out var id) && await desk.FindAsync(id, call.Aborted) is { } change
            ? Good(StatusCodes.Status200OK, ChangeWriter.Write(change))
            : NotFound;

    public async ValueTask<OrProblem<Answer>> RequestAsync(OperationsCall call) =>
        IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
        && (await OperationsBody.ReadAsync<WantedChange>(call, $"POST {Path}", ChangeReader.Read)).Has(out var body, out problem)
            ? Of(StatusCodes.Status201Created, await desk.RequestAsync(body.Command, call.Actor, key, body.Hash, call.Aborted))
            : problem;

    /// <summary>The number of the change is the key: to approve it again is to be told again what came of it.</summary>
    public async ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentApproval>(call, $"POST {Path}/{id.Value}/approve", VerdictReader.ReadApproval)).Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.ApproveAsync(id, body.Command.ContentHash, call.Actor, call.Aborted))
            : problem;

    public async ValueTask<OrProblem<Answer>> RefuseAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentRefusal>(call, $"POST {Path}/{id.Value}/refuse", VerdictReader.ReadRefusal)).Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.RefuseAsync(id, body.Command.Remark, call.Actor, call.Aborted))
            : problem;

    private static Problem NotFound => ChangeProblems.Of(ChangeRefusals.NotFound);

    private static OrProblem<Answer> Of(int status, ChangeResult result) => result switch
    {
        ChangeResult.Stored(var change) => Good(status, ChangeWriter.Write(change)),
        ChangeResult.RefusedByLedger(var reason, var detail) => LedgerProblems.Of(reason, detail),
        ChangeResult.Refused(var code) => ChangeProblems.Of(code),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private static bool TryNumber(OperationsCall call, out OrderId id) => LedgerNumber.TryChange(call.Request.RouteValues[Number] as string, out id);

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);
}
