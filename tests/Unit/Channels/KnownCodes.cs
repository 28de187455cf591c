using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>What operations would say of the institution's documented codes.</summary>
internal sealed class KnownCodes : IResultCodes
{
    public CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode) => code switch
    {
        BankCode.InsufficientFunds or BankCode.NotRefundable => new CodeMeaning(CodeOutcome.Failed, "declined", CountsAgainstHealth: false),
        BankCode.SystemError or BankCode.Maintenance or BankCode.BankDown => new CodeMeaning(CodeOutcome.Unknown, "unavailable", CountsAgainstHealth: true),
        BankCode.DuplicateNumber or BankCode.RefundAbnormal => new CodeMeaning(CodeOutcome.Unknown, "in_progress", CountsAgainstHealth: false),
        _ => null,
    };
}
