using PaymentEngine.Core.Channels;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>Where callbacks arrive, whatever carried them.</summary>
public interface ICallbackReception
{
    /// <param name="door">Where it came in.</param>
    /// <param name="headers">Names in lower case.</param>
    /// <param name="body">As received; it is kept.</param>
    ValueTask<CallbackReceipt> ReceiveAsync(string channelCode, CallbackDoor door, IReadOnlyDictionary<string, string> headers, byte[] body);
}

/// <summary>What became of a callback: a closed set.</summary>
public abstract record CallbackReceipt
{
    private CallbackReceipt()
    {
    }

    /// <summary>Stored or refused; the institution is told in its own words.</summary>
    public sealed record Answered(CallbackAnswer Answer) : CallbackReceipt;

    /// <summary>Not at this door at least.</summary>
    public sealed record NoSuchChannel : CallbackReceipt
    {
        public static readonly NoSuchChannel Instance = new();
    }

    /// <summary>It could not be stored, or nobody can say that it was: the institution has to call again.</summary>
    public sealed record Unavailable : CallbackReceipt
    {
        public static readonly Unavailable Instance = new();
    }
}
