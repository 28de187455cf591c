using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Holding a part of a balance, and letting it go. The ledger keeps the keys: the same request has the first result.</summary>
internal sealed class HoldEndpoints(ILedgerDesk ledger, AccountReading accounts)
{
    public const string Number = "hold";

    public async ValueTask<OrProblem<Answer>> PlaceAsync(OperationsCall call)
    {
        var number = call.Request.RouteValues[AccountEndpoints.Number] as string ?? string.Empty;
        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await OperationsBody.ReadAsync<SentHold>(call, "POST /ops/v1/ledger/accounts/holds", HoldReader.ReadHold)).Has(out var body, out problem))
        {
            return problem;
        }

        if (await accounts.FindAsync(number, call.Aborted) is not { } account)
        {
            return Problem.Of(LedgerProblems.AccountNotFound);
        }

        var (amount, reason, expires) = body.Command;
        return amount.Currency == account.Currency
            ? await PostAsync(call, key, StatusCodes.Status201Created, new HoldOrder.Place(number, amount, reason, expires), hold: null, reason)
            : Problem.OfField("amount.currency", FieldCodes.UnknownValue, $"must be {account.Currency}, the currency of the account");
    }

    public async ValueTask<OrProblem<Answer>> ReleaseAsync(OperationsCall call)
    {
        if (!IdempotencyKey.Read(call.Request).Has(out var key, out var problem)
            || !(await OperationsBody.ReadAsync<SentRelease>(call, "POST /ops/v1/ledger/holds/release", HoldReader.ReadRelease)).Has(out var body, out problem))
        {
            return problem;
        }

        if (!LedgerNumber.TryHold(call.Request.RouteValues[Number] as string, out var id) || await accounts.HoldAsync(id, call.Aborted) is not { } hold)
        {
            return Problem.Of(LedgerProblems.HoldNotFound);
        }

        return body.Command.Amount is { } amount && amount.Currency != hold.Amount.Currency
            ? Problem.OfField("amount.currency", FieldCodes.UnknownValue, $"must be {hold.Amount.Currency}, the currency of the hold")
            : await PostAsync(call, key, StatusCodes.Status200OK, new HoldOrder.Release(id, body.Command.Amount), id, narrative: null);
    }

    /// <param name="call">Whose request it is.</param>
    /// <param name="key">Under which he asks.</param>
    /// <param name="status">When it is done.</param>
    /// <param name="order">What is done with the hold.</param>
    /// <param name="hold">Null for one that has the posting's number.</param>
    /// <param name="narrative">Why.</param>
    private async Task<OrProblem<Answer>> PostAsync(OperationsCall call, string key, int status, HoldOrder order, OrderId? hold, string? narrative)
    {
        var request = new LedgerRequest($"ops:{call.Actor}:{key}", PostingKind.Hold, [])
        {
            Holds = [order],
            Narrative = narrative,
            MadeBy = call.Actor,
        };
        return await ledger.PostAsync(request, call.Aborted) switch
        {
            LedgerResult.Posted posted when await accounts.HoldAsync(hold ?? posted.Posting, call.Aborted) is { } stored =>
                new Answer(status, string.Empty, AccountWriter.Write(stored)),
            LedgerResult.Refused { Reason: PostingRefusalReason.HoldOver } => Problem.OfField("expires_at", FieldCodes.OutOfRange, "must be in the future"),
            LedgerResult.Refused refused => LedgerProblems.Of(refused.Reason, refused.Detail),
            LedgerResult.KeyConflict => Problem.Of(ProblemCodes.IdempotencyKeyReused),
            LedgerResult.Unavailable => Problem.Of(ProblemCodes.Unavailable),
            var other => throw new InvalidOperationException($"the desk answered with {other}, and the hold is not there"),
        };
    }
}
