using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Runtime.Submit;

/// <summary>What a request came to: a closed set.</summary>
public abstract record DeskResult
{
    private DeskResult()
    {
    }

    /// <summary>The first answer to this key, also when it is given again: byte for byte.</summary>
    public sealed record Answered(Answer Answer) : DeskResult;

    /// <summary>Nothing was written, and nothing is remembered: the key is free.</summary>
    public sealed record Refused(Refusal Refusal) : DeskResult;
}

/// <summary>An expected no. The code is stable and one of <see cref="RefusalCodes"/>.</summary>
public sealed record Refusal(string Code, int Status, string Detail, bool Retryable, OrderId? Trade = null, TimeSpan? RetryAfter = null);
