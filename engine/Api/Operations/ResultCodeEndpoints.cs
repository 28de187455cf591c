using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
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
        if (!(await RequestBody.ReadAsync(call.Request, "PUT /ops/v1/result-codes")).Has(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            if (!MediaType.IsJson(call.Request))
            {
                return Problem.Of(ProblemCodes.UnsupportedMediaType);
            }

            if (!JsonBody.Read<MapCode, string>(body.Json, call.Actor, MapCodeReader.Read).Has(out var command, out problem))
            {
                return problem;
            }

            return await desk.MapAsync(command, call.Actor, call.Aborted) is { } stored
                ? Good(ResultCodeWriter.Write(stored))
                : Problem.OfField("channel", FieldCodes.UnknownValue, "is not the code of a channel");
        }
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
