using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>What needs two (P2): asking for it, agreeing to it, refusing it. The desk decides.</summary>
/// <param name="desk">Where it is asked for.</param>
/// <param name="path">Of all of its kind.</param>
internal abstract class ProposalEndpoints<TWanted, TContent, TView>(ProposalDesk<TWanted, TContent, TView> desk, string path)
    where TWanted : class
    where TContent : IProposalContent
    where TView : class
{
    private const string State = "state";

    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call)
    {
        var errors = new FieldErrors();
        var limit = LedgerQuery.ReadLimit(call, errors);
        var after = LedgerQuery.ReadNumber(call, LedgerQuery.After, desk.Kind.TryNumber, desk.Kind.One, errors);
        var state = LedgerQuery.TextOrNull(call, State);
        if (state is not (null or "open" or "all"))
        {
            errors.Add(State, FieldCodes.UnknownValue, "must be open, all, or absent");
        }

        return errors.Any ? errors.ToProblem() : Good(StatusCodes.Status200OK, Write(await desk.ListAsync(state == "all", after, limit, call.Aborted)));
    }

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        TryNumber(call, out var id) && await desk.FindAsync(id, call.Aborted) is { } found ? Good(StatusCodes.Status200OK, Write(found)) : NotFound;

    public async ValueTask<OrProblem<Answer>> RequestAsync(OperationsCall call) =>
        IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
        && (await OperationsBody.ReadAsync<TWanted>(call, $"POST {path}", Read)).Has(out var body, out problem)
            ? Of(StatusCodes.Status201Created, await desk.RequestAsync(body.Command, call.Actor, key, body.Hash, call.Aborted))
            : problem;

    /// <summary>The number is the key: to approve it again is to be told again what came of it.</summary>
    public async ValueTask<OrProblem<Answer>> ApproveAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentApproval>(call, $"POST {path}/{id.Value}/approve", VerdictReader.ReadApproval)).Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.ApproveAsync(id, body.Command.ContentHash, call.Actor, call.Aborted))
            : problem;

    public async ValueTask<OrProblem<Answer>> RefuseAsync(OperationsCall call) =>
        !TryNumber(call, out var id) ? NotFound
        : (await OperationsBody.ReadAsync<SentRefusal>(call, $"POST {path}/{id.Value}/refuse", VerdictReader.ReadRefusal)).Has(out var body, out var problem)
            ? Of(StatusCodes.Status200OK, await desk.RefuseAsync(id, body.Command.Remark, call.Actor, call.Aborted))
            : problem;

    protected abstract OrProblem<TWanted> Read(ReadOnlySpan<byte> body, string actor);

    protected abstract byte[] Write(TView view);

    protected abstract byte[] Write(IReadOnlyList<TView> views);

    /// <param name="code">Why the desk says no.</param>
    protected abstract Problem ProblemOf(string code);

    private Problem NotFound => ProblemOf(ProposalRefusals.NotFound(desk.Kind));

    private static Answer Good(int status, byte[] body) => new(status, string.Empty, body);

    private OrProblem<Answer> Of(int status, ProposalResult<TView> result) => result switch
    {
        ProposalResult<TView>.Stored(var view) => Good(status, Write(view)),
        ProposalResult<TView>.Unfit(var faults) => ProposalProblems.Of(faults),
        ProposalResult<TView>.RefusedByLedger(var reason, var detail) => LedgerProblems.Of(reason, detail),
        ProposalResult<TView>.Refused(var code) => ProblemOf(code),
        _ => throw new InvalidOperationException($"the desk answered with {result}"),
    };

    private bool TryNumber(OperationsCall call, out OrderId id) => desk.Kind.TryNumber(call.Request.RouteValues[ProposalApi.Number] as string, out id);
}
