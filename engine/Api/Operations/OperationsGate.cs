using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Codes;

namespace PaymentEngine.Api.Operations;

/// <summary>A request of somebody who works for operations.</summary>
/// <param name="Actor">As it stands in histories.</param>
internal readonly record struct OperationsCall(HttpContext Context, string Actor)
{
    public HttpRequest Request => Context.Request;

    public CancellationToken Aborted => Context.RequestAborted;
}

/// <summary>Lets operations in, and nobody else.</summary>
internal sealed class OperationsGate(IOperatorDirectory operators, ILogger<OperationsGate> log)
{
    private readonly RequestGuard _guard = new(log);

    private readonly KeyLookup<string> _byKey = operators.ActorByOpsKey;

    public RequestDelegate Guard(Func<OperationsCall, ValueTask<OrProblem<Answer>>> handle) =>
        _guard.Around((context, _) => ApiKey.Find(context.Request, _byKey) is { } actor
            ? handle(new OperationsCall(context, actor))
            : new(Problem.Of(ProblemCodes.Unauthorized)));
}
