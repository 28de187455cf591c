using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Codes;

namespace PaymentEngine.Api.Operations;

/// <summary>What institutions' codes mean (C11), and which of them nobody has explained yet.</summary>
internal sealed class ResultCodeEndpoints(IResultCodeDesk desk)
{
    public async ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) => (string?)call.Request.Query["unmapped"] switch
    {
        null => Good(ResultCodeWriter.Write(await desk.ListAsync(call.Aborted))),
        "true" => Good(ResultCodeWriter.Write(await desk.UnmappedAsync(call.Aborted))),
        _ => Problem.OfField("unmapped", FieldCodes.UnknownValue, "must be true, or absent"),
    };

    public async ValueTask<OrProblem<Answer>> MapAsync(OperationsCall call)
    {
        if (!(await OperationsBody.ReadAsync<MapCode>(call, "PUT /ops/v1/result-codes", MapCodeReader.Read)).Has(out var body, out var problem))
        {
            return problem;
        }

        return await desk.MapAsync(body.Command, call.Actor, call.Aborted) is { } stored
            ? Good(ResultCodeWriter.Write(stored))
            : Problem.OfField("channel", FieldCodes.UnknownValue, "is not the code of a channel");
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
