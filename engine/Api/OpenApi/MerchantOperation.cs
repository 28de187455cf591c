using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.OpenApi;

/// <summary>What the document says of one endpoint, beyond what all have in common.</summary>
internal sealed record MerchantOperation(string Id, string Summary)
{
    /// <summary>The schema of the body; null for requests that have none.</summary>
    public Type? Body { get; init; }

    public bool BodyRequired { get; init; } = true;

    /// <summary>What each good answer means. The body is always the trade.</summary>
    public required IReadOnlyDictionary<int, string> Answers { get; init; }

    /// <summary>What its path and its query say.</summary>
    public IReadOnlyList<RequestParameter> Parameters { get; init; } = [];

    /// <summary>What can go wrong with this operation in particular.</summary>
    public IReadOnlyList<ProblemCode> Problems { get; init; } = [];

    public bool Submits => Body is not null;

    public IEnumerable<ProblemCode> AllProblems =>
        Always.Concat(Submits ? OfSubmissions : []).Concat(Problems).OrderBy(problem => problem.Status);

    private static IReadOnlyList<ProblemCode> Always { get; } =
    [
        ProblemCodes.MalformedRequestId, ProblemCodes.Unauthorized, ProblemCodes.InternalError, ProblemCodes.Unavailable,
    ];

    private static IReadOnlyList<ProblemCode> OfSubmissions { get; } =
    [
        ProblemCodes.MalformedRequest, ProblemCodes.IdempotencyKeyMissing, ProblemCodes.IdempotencyKeyMalformed,
        ProblemCodes.InvalidUtf8, ProblemCodes.MalformedJson, ProblemCodes.InvalidRequest, ProblemCodes.MerchantInactive,
        ProblemCodes.RequestTimeout, ProblemCodes.IdempotencyAnswerGone, ProblemCodes.BodyTooLarge,
        ProblemCodes.UnsupportedMediaType, ProblemCodes.IdempotencyKeyReused, ProblemCodes.Overloaded,
    ];
}
