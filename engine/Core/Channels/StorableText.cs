using System.Text;

namespace PaymentEngine.Core.Channels;

/// <summary>The database takes neither zero characters nor halves of surrogate pairs, and institutions send both.</summary>
public static class StorableText
{
    public static string Of(string text) => Fits(text) ? text : Replaced(text);

    /// <summary>What an institution said, fit for histories, work lists and the books.</summary>
    public static ChannelOutcome Of(ChannelOutcome outcome) => outcome switch
    {
        ChannelOutcome.Succeeded said when !Fits(said.InstitutionRef) || !Fits(said.Code) =>
            said with { InstitutionRef = Of(said.InstitutionRef), Code = Of(said.Code) },
        ChannelOutcome.Accepted said when !Fits(said.InstitutionRef) || !Fits(said.Code) =>
            said with { InstitutionRef = OrNull(said.InstitutionRef), Code = Of(said.Code) },
        ChannelOutcome.Failed said when !Fits(said.Code) || !Fits(said.Message) => said with { Code = Of(said.Code), Message = Of(said.Message) },
        ChannelOutcome.NotKnown said when !Fits(said.Code) => new ChannelOutcome.NotKnown(Of(said.Code)),
        ChannelOutcome.NotSent said when !Fits(said.Reason) => said with { Reason = Of(said.Reason) },
        ChannelOutcome.Unknown said => said with { Reason = Of(said.Reason), Unmapped = Of(said.Unmapped) },
        _ => outcome,
    };

    private static UnmappedCode? Of(UnmappedCode? code) =>
        code is null ? null : code with { Code = Of(code.Code), SubCode = OrNull(code.SubCode), Sample = Of(code.Sample) };

    private static string? OrNull(string? text) => text is null ? null : Of(text);

    private static bool Fits(string? text) => text is null || (!text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'));

    private static string Replaced(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}
