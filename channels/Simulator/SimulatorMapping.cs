using System.Text;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// From the institution's words to what is certain. Its statuses are its protocol and stand here; what its codes mean is
/// kept by operations. Whatever is neither is unknown.
/// </summary>
public sealed class SimulatorMapping(IResultCodes codes)
{
    /// <param name="asked">Which interface answered.</param>
    /// <param name="ordered">What the order was about; null for a callback, which is compared by whoever knows the order.</param>
    /// <param name="raw">The answer as received, if it came over a wire.</param>
    public ChannelOutcome Of(
        ChannelInterface asked, int channelId, in BankAnswer answer, Money? ordered, ReadOnlyMemory<byte> raw = default) => answer switch
    {
        // Nothing but its content is wrong with an answer that came over the wire; inside the process a flaw is a mark.
        { Flaw: not BankFlaw.None } => new ChannelOutcome.Unknown($"not readable: {answer.Flaw}"),

        // A refused question says nothing about the order that was sent before.
        { Status: BankStatus.Refused } when asked is ChannelInterface.Pay or ChannelInterface.Refund => new ChannelOutcome.NotSent("the connection was refused"),
        { Status: BankStatus.NotKnown } when asked == ChannelInterface.Query => new ChannelOutcome.NotKnown(BankStatus.NotKnown),
        { Status: BankStatus.Success } => Success(answer, ordered, BankStatus.Success),
        { Status: BankStatus.Accepted } => new ChannelOutcome.Accepted(answer.Reference, BankStatus.Accepted),
        { Status: BankStatus.Declined or BankStatus.Error, Code: { } code } => OfCode(asked, channelId, answer, code, ordered, raw),

        // Failed would be true of this repeat and false of the order that used the number first, which is the one we track.
        { Status: BankStatus.NumberReused } => new ChannelOutcome.Unknown("the number was used before with other facts"),
        _ => new ChannelOutcome.Unknown($"not understood: {answer.Status}"),
    };

    private ChannelOutcome OfCode(
        ChannelInterface asked, int channelId, in BankAnswer answer, string code, Money? ordered, ReadOnlyMemory<byte> raw)
    {
        if (codes.Find(channelId, asked, code, subCode: null) is not { } meaning)
        {
            var sample = raw.IsEmpty ? answer.ToString() : Encoding.UTF8.GetString(raw.Span);
            return new ChannelOutcome.Unknown($"the code {code} is not mapped", new UnmappedCode(asked, code, SubCode: null, sample));
        }

        return meaning.Outcome switch
        {
            CodeOutcome.Failed => new ChannelOutcome.Failed(meaning.UnifiedCode, code, meaning.CountsAgainstHealth),
            CodeOutcome.Closed => new ChannelOutcome.Failed(meaning.UnifiedCode, code, meaning.CountsAgainstHealth, Closed: true),
            CodeOutcome.Accepted => new ChannelOutcome.Accepted(answer.Reference, code),
            CodeOutcome.NotKnown when asked == ChannelInterface.Query => new ChannelOutcome.NotKnown(code),
            CodeOutcome.Succeeded => Success(answer, ordered, code),
            _ => new ChannelOutcome.Unknown($"answered with {code}", OfTheChannel: meaning.CountsAgainstHealth),
        };
    }

    private static ChannelOutcome Success(in BankAnswer answer, Money? ordered, string code) => answer switch
    {
        { Reference: not { Length: > 0 } } or { Amount: null } => new ChannelOutcome.Unknown("success without reference or amount"),
        { Reference: { } reference, Amount: { } paid } => ordered is null || paid == ordered
            ? new ChannelOutcome.Succeeded(paid, reference, code)
            : new ChannelOutcome.Unknown($"told {paid} {paid.Currency}, ordered {ordered} {ordered.Value.Currency}"),
    };
}
