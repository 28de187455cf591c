namespace PaymentEngine.Core.Channels;

/// <summary>
/// What a call to an institution taught us: a closed set, ordered by what is certain. Only certainty moves money.
/// </summary>
public abstract record ChannelOutcome
{
    private ChannelOutcome()
    {
    }

    /// <summary>Nothing left the building: safe to send again or to reroute.</summary>
    /// <param name="OfTheChannel">The institution could not be reached; otherwise it is our side that could not send.</param>
    public sealed record NotSent(string Reason, bool OfTheChannel = true) : ChannelOutcome;

    /// <summary>The institution executed the order.</summary>
    public sealed record Succeeded(Money Amount, string InstitutionRef, string Code) : ChannelOutcome;

    /// <summary>The institution says for certain that it did not and will not execute the order.</summary>
    /// <param name="OfTheChannel">The channel could not, whoever the payer is: another channel may (C14).</param>
    /// <param name="Closed">It closed the order: nobody can pay it any more.</param>
    public sealed record Failed(string Code, string Message, bool OfTheChannel = false, bool Closed = false) : ChannelOutcome;

    /// <summary>The institution has the order and no result yet.</summary>
    public sealed record Accepted(string? InstitutionRef, string Code) : ChannelOutcome;

    /// <summary>Only a query answers this: the institution does not know the number. It is not a failure.</summary>
    public sealed record NotKnown(string Code) : ChannelOutcome;

    /// <summary>Anything else: time-out after sending, garbage, a code nobody mapped, an amount that does not match.</summary>
    /// <param name="Unmapped">The code that has to be mapped before this answer can be understood, if that is the reason.</param>
    /// <param name="OfTheChannel">It speaks of the channel's condition, as a time-out does (C6).</param>
    public sealed record Unknown(string Reason, UnmappedCode? Unmapped = null, bool OfTheChannel = true) : ChannelOutcome;
}
