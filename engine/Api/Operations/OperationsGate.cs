using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Codes;

namespace PaymentEngine.Api.Operations;

/// <summary>A request of somebody who works for operations.</summary>
internal readonly record struct OperationsCall(HttpContext Context, Operator Operator)
{
    /// <summary>As it stands in histories.</summary>
    public string Actor => Operator.Actor;

    public HttpRequest Request => Context.Request;

    public CancellationToken Aborted => Context.RequestAborted;
}

/// <summary>Lets operations in, and nobody else, and each of them only where his key's roles lead.</summary>
internal sealed class OperationsGate(IOperatorDirectory operators, ILogger<OperationsGate> log)
{
    private readonly RequestGuard _guard = new(log);

    private readonly KeyLookup<Operator> _byKey = operators.ByOpsKey;

    /// <param name="handle">Answers who may.</param>
    /// <param name="role">What the key must allow; unless it is said, looking for a GET and changing for everything else.</param>
    public RequestDelegate Guard(Func<OperationsCall, ValueTask<OrProblem<Answer>>> handle, OperatorRoles role = OperatorRoles.None) =>
        _guard.Around((context, _) => Let(context, handle, role));

    /// <summary>Likewise for an answer that is written as it is read.</summary>
    public RequestDelegate GuardStream(Func<OperationsCall, ValueTask<OrProblem<StreamedAnswer>>> handle, OperatorRoles role = OperatorRoles.None) =>
        _guard.Around((context, _) => Let(context, handle, role));

    private ValueTask<OrProblem<T>> Let<T>(HttpContext context, Func<OperationsCall, ValueTask<OrProblem<T>>> handle, OperatorRoles role)
        where T : class
    {
        var needed = role != OperatorRoles.None ? role : HttpMethods.IsGet(context.Request.Method) ? OperatorRoles.View : OperatorRoles.Edit;
        return ApiKey.Find(context.Request, _byKey) is not { } known ? new(Problem.Of(ProblemCodes.Unauthorized))
            : known.Roles.HasFlag(needed) ? handle(new OperationsCall(context, known))
            : new(Problem.Of(OperationsProblems.RoleMissing, $"Your key does not have the role '{SnakeCase.Of(needed)}'."));
    }
}
