using System.Collections.Frozen;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Core.Directory;

/// <summary>A code of an institution as operations mapped it.</summary>
/// <param name="SubCode">Empty for any.</param>
public sealed record MappedCode(int ChannelId, ChannelInterface AnsweredBy, string Code, string SubCode, CodeMeaning Meaning);

/// <summary>What payers are told of a unified code in one language.</summary>
public sealed record PayerMessage(string UnifiedCode, string Language, string Text);

/// <summary>Everything operations have said about codes (C11): an immutable snapshot.</summary>
public sealed class ResultCodeTable(IEnumerable<MappedCode> codes, IEnumerable<PayerMessage> messages) : IResultCodes, IPayerMessages
{
    public const string AnySubCode = "";

    /// <summary>The language that every message should have.</summary>
    public const string UsualLanguage = "en";

    private readonly FrozenDictionary<(int, ChannelInterface, string, string), CodeMeaning> _codes =
        codes.ToFrozenDictionary(c => (c.ChannelId, c.AnsweredBy, c.Code, c.SubCode), c => c.Meaning);

    private readonly FrozenDictionary<(string, string), string> _messages =
        messages.ToFrozenDictionary(m => (m.UnifiedCode, m.Language), m => m.Text);

    public CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode) =>
        _codes.GetValueOrDefault((channelId, answeredBy, code, subCode ?? AnySubCode))
        ?? _codes.GetValueOrDefault((channelId, answeredBy, code, AnySubCode));

    public string? Find(string unifiedCode, string language) =>
        _messages.GetValueOrDefault((unifiedCode, language)) ?? _messages.GetValueOrDefault((unifiedCode, UsualLanguage));
}
