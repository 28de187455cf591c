namespace PaymentEngine.Core.Channels;

/// <summary>What the codes of institutions mean (C11): data that operations keep, asked by adapters.</summary>
public interface IResultCodes
{
    /// <summary>Null when nobody has said yet what the code means; then it decides nothing.</summary>
    CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode);
}

/// <summary>What payers are told of a unified code, in their language.</summary>
public interface IPayerMessages
{
    /// <summary>English when there is nothing in that language; null when there is nothing at all.</summary>
    string? Find(string unifiedCode, string language);
}

/// <param name="UnifiedCode">What merchants and payers are told instead of the institution's code.</param>
/// <param name="CountsAgainstHealth">It speaks of the channel's condition, not of the payer's.</param>
public sealed record CodeMeaning(CodeOutcome Outcome, string UnifiedCode, bool CountsAgainstHealth);

/// <summary>What is certain when an institution answers with a code.</summary>
public enum CodeOutcome
{
    Succeeded,
    Failed,

    /// <summary>Failed, because the institution has closed the order.</summary>
    Closed,
    Accepted,
    NotKnown,
    Unknown,
}

/// <summary>A code that nobody has mapped.</summary>
/// <param name="Sample">The answer in which it was seen, as received; masked before it is kept.</param>
public sealed record UnmappedCode(ChannelInterface AnsweredBy, string Code, string? SubCode, string Sample);
