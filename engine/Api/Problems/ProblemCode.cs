namespace PaymentEngine.Api.Problems;

/// <summary>
/// A kind of no. The code is what merchants' programs branch on; <paramref name="Retryable"/> says that the same request
/// with the same key may succeed later without anybody changing anything.
/// </summary>
public sealed record ProblemCode(string Code, int Status, bool Retryable, string Title, string Meaning)
{
    public string Type { get; } = $"https://payment-engine.dev/problems/{Code}";
}
