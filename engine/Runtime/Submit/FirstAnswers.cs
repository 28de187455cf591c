using PaymentEngine.Store.Requests;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Finds what a key was answered the first time (O13).</summary>
public sealed class FirstAnswers(RequestStore requests)
{
    /// <summary>Null when the key has not been used.</summary>
    public async ValueTask<DeskResult?> FindAsync(MerchantRequest request, CancellationToken ct) =>
        await requests.FindAsync(request.Merchant.Id, request.IdempotencyKey, ct) switch
        {
            null => null,
            var first when !first.BodyHash.AsSpan().SequenceEqual(request.BodyHash) => Refused(
                RefusalCodes.IdempotencyKeyReused, 422, "the idempotency key was used for another request"),
            { Answer: { } answer } => new DeskResult.Answered(answer),
            _ => Refused(
                RefusalCodes.IdempotencyAnswerGone, 409, "the request was answered before; its answer is no longer kept"),
        };

    private static DeskResult.Refused Refused(string code, int status, string why) => new(new Refusal(code, status, why, Retryable: false));
}
