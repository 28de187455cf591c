namespace PaymentEngine.Core.Channels;

/// <summary>What somebody sent to the callback address of a channel, byte for byte; header names are in lower case.</summary>
public sealed record CallbackRequest(
    int ChannelId, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);

/// <summary>What the adapter made of a callback: a closed set. The answer is in the institution's own words.</summary>
public abstract record CallbackReading
{
    private CallbackReading(CallbackAnswer answer) => Answer = answer;

    public CallbackAnswer Answer { get; }

    /// <summary>The institution speaks: <paramref name="Outcome"/> is what it says of the order with this number.</summary>
    /// <param name="Stored">The answer, given once the callback is stored.</param>
    public sealed record Told(string Number, ChannelOutcome Outcome, CallbackAnswer Stored) : CallbackReading(Stored);

    /// <summary>Not from the institution, not whole, or a probe: nothing is stored and nothing happens.</summary>
    public sealed record Refused(string Reason, CallbackAnswer Refusal) : CallbackReading(Refusal);
}

public sealed record CallbackAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public static CallbackAnswer Text(int status, string words) =>
        new(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(words));
}
