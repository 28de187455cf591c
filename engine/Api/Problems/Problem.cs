using PaymentEngine.Core;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Problems;

/// <summary>One field of a request that cannot be accepted, under a stable code.</summary>
/// <param name="Line">Where in a text of several lines, counted from 1.</param>
internal sealed record FieldError(string Field, string Code, string Message, int? Line = null, int? Column = null);

/// <summary>A problem as one request meets it.</summary>
internal sealed record Problem(
    ProblemCode Kind,
    int Status,
    bool Retryable,
    string Detail,
    IReadOnlyList<FieldError>? Errors = null,
    OrderId? Trade = null,
    TimeSpan? RetryAfter = null)
{
    /// <summary>In whole seconds, never too early.</summary>
    public long? RetryAfterS => RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalSeconds) : null;

    public static Problem Of(ProblemCode kind, string? detail = null, IReadOnlyList<FieldError>? errors = null) =>
        new(kind, kind.Status, kind.Retryable, detail ?? kind.Meaning, errors);

    public static Problem OfField(string field, string code, string message) =>
        Of(ProblemCodes.InvalidRequest, errors: [new FieldError(field, code, message)]);

    public static Problem Of(Refusal refusal) => new(
        ProblemCodes.Of(refusal.Code), refusal.Status, refusal.Retryable, refusal.Detail, Errors: null, refusal.Trade, refusal.RetryAfter);
}
