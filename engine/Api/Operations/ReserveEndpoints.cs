using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Conditions;

namespace PaymentEngine.Api.Operations;

/// <summary>What lies in our accounts at the institutions (C8).</summary>
internal sealed class ReserveEndpoints(ReserveDesk desk)
{
    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) => Good(ReserveWriter.Write(await desk.ListAsync(call.Aborted)));

    public async ValueTask<OrProblem<Answer>> SetAsync(OperationsCall call)
    {
        if (!(await OperationsBody.ReadAsync<SentReserve>(call, "PUT /ops/v1/reserves", ReserveReader.Read)).Has(out var body, out var problem))
        {
            return problem;
        }

        var sent = body.Command;
        return await desk.SetAsync(sent.Channel, sent.Balance.Currency, sent.Balance.Minor, sent.Threshold.Minor, call.Actor, call.Aborted) is { } stored
            ? Good(ReserveWriter.Write(stored))
            : Problem.OfField(ReserveReader.ChannelField, FieldCodes.UnknownValue, "is not the code of a channel");
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
