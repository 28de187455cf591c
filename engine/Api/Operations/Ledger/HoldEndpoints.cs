using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>
/// Holding a part of a balance; letting it go needs a second person. The ledger keeps the keys: the same request has the
/// first result.
/// </summary>
internal sealed class HoldEndpoints(ILedgerDesk ledger, AccountReading accounts)
{
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
            ? await PostAsync(call, key, new HoldOrder.Place(number, amount, reason, expires))
            : Problem.OfField("amount.currency", FieldCodes.UnknownValue, $"must be {account.Currency}, the currency of the account");
    }

    private async Task<OrProblem<Answer>> PostAsync(OperationsCall call, string key, HoldOrder.Place order)
    {
        var request = new LedgerRequest($"ops:{call.Actor}:{key}", PostingKind.Hold, [])
        {
            Holds = [order],
            Narrative = order.Reason,
            MadeBy = call.Actor,
        };
        return await ledger.PostAsync(request, call.Aborted) switch
        {
            LedgerResult.Posted posted when await accounts.HoldAsync(posted.Posting, call.Aborted) is { } stored =>
                new Answer(StatusCodes.Status201Created, string.Empty, AccountWriter.Write(stored)),
            LedgerResult.Refused { Reason: PostingRefusalReason.HoldOver } => Problem.OfField("expires_at", FieldCodes.OutOfRange, "must be in the future"),
            LedgerResult.Refused refused => LedgerProblems.Of(refused.Reason, refused.Detail),
            LedgerResult.KeyConflict => Problem.Of(ProblemCodes.IdempotencyKeyReused),
            LedgerResult.Unavailable => Problem.Of(ProblemCodes.Unavailable),
            var other => throw new InvalidOperationException($"the desk answered with {other}, and the hold is not there"),
        };
    }
}
