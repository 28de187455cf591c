using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Store.Codes;

namespace PaymentEngine.Runtime.Codes;

/// <summary>Where operations say what codes of institutions mean (C11).</summary>
public interface IResultCodeDesk
{
    Task<IReadOnlyList<StoredCode>> ListAsync(CancellationToken ct);

    Task<IReadOnlyList<UnmappedRecord>> UnmappedAsync(CancellationToken ct);

    /// <summary>The code as it is stored now; null when there is no such channel.</summary>
    Task<StoredCode?> MapAsync(MapCode command, string actor, CancellationToken ct);
}

/// <param name="Channel">Its code.</param>
/// <param name="SubCode">Empty for any.</param>
/// <param name="Messages">By language; languages that are not named keep what they have.</param>
public sealed record MapCode(
    string Channel,
    ChannelInterface AnsweredBy,
    string Code,
    string SubCode,
    CodeMeaning Meaning,
    IReadOnlyList<PayerMessage> Messages);
