using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Looking at postings: one of them, or those of an order.</summary>
internal sealed class PostingEndpoints(PostingReading postings)
{
    public const string Number = "posting";

    private const string Order = "order";

    public async ValueTask<OrProblem<Answer>> ReadAsync(OperationsCall call) =>
        LedgerNumber.TryPosting(call.Request.RouteValues[Number] as string, out var id) && await postings.FindAsync(id, call.Aborted) is { } posting
            ? Good(PostingWriter.Write(posting))
            : Problem.Of(LedgerProblems.PostingNotFound);

    public async ValueTask<OrProblem<Answer>> OfOrderAsync(OperationsCall call)
    {
        var number = LedgerQuery.Text(call, Order);
        return number.Length == 0 ? Problem.OfField(Order, FieldCodes.Required, "is required")
            : OrderNumber.TryParse(number, out _, out var id) || LedgerNumber.TryAdjustment(number, out id)
                ? Good(PostingWriter.Write(await postings.OfOrderAsync(id, call.Aborted)))
                : Problem.OfField(Order, FieldCodes.UnknownValue, "is not the number of an order or an adjustment");
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
