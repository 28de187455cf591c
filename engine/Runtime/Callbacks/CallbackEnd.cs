using PaymentEngine.Store.Inbox;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>How the handling of a callback ended, this time: a closed set.</summary>
/// <param name="Name">For metrics.</param>
internal abstract record CallbackEnd(string Name)
{
    /// <summary>It changed its trade, and the same commit marked it as handled.</summary>
    public static readonly CallbackEnd Applied = new Plain("applied");

    /// <summary>Its order is not visible yet.</summary>
    public static readonly CallbackEnd Early = new Plain("early");

    /// <summary>Its order will not come any more.</summary>
    public static readonly CallbackEnd Unmatched = new Plain("unmatched");

    public static readonly CallbackEnd Failed = new Plain("failed");

    /// <summary>Its order knew it all, or is beyond it.</summary>
    public sealed record Repeated(HandledCallback Handled) : CallbackEnd("repeated");

    public sealed record WrongChannel(DisownedCallback Disowned) : CallbackEnd("wrong_channel");

    private sealed record Plain(string Name) : CallbackEnd(Name);
}
