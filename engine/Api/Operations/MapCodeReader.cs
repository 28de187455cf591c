using System.Buffers;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Codes;

namespace PaymentEngine.Api.Operations;

/// <summary>Reads the body that says what a code means.</summary>
internal static class MapCodeReader
{
    private const int Channel = 0;
    private const int Interface = 1;
    private const int Code = 2;
    private const int Outcome = 3;
    private const int UnifiedCode = 4;
    private const int SubCode = 5;
    private const int CountsAgainstHealth = 6;
    private const int Messages = 7;

    private static readonly FieldNames Names = new(
        string.Empty, required: 5,
        "channel", "interface", "code", "outcome", "unified_code", "sub_code", "counts_against_health", "messages");

    private static readonly string[] Languages = ["en", "zh"];
    private static readonly FieldNames LanguageNames = new("messages.", required: 0, Languages);

    private static readonly TextRule InstitutionCode = new(1, SampleMask.MostCodeChars);
    private static readonly TextRule InstitutionSubCode = new(0, SampleMask.MostCodeChars);
    private static readonly TextRule Message = new(1, 256);
    private static readonly TextRule Unified = new(
        1, 64, SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"), "a-z 0-9 _");

    public static OrProblem<MapCode> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? channel = null, code = null, unified = null, sub = ResultCodeTable.AnySubCode;
        ChannelInterface? answeredBy = null;
        CodeOutcome? outcome = null;
        bool? counts = false;
        List<(string Language, string Text)> messages = [];
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case Channel:
                    channel = json.Text(TextRule.Party);
                    break;
                case Interface:
                    answeredBy = EnumReader.Read<ChannelInterface>(json.Text(TextRule.Code), Names.Path(field), errors);
                    break;
                case Code:
                    code = json.Text(InstitutionCode);
                    break;
                case Outcome:
                    outcome = EnumReader.Read<CodeOutcome>(json.Text(TextRule.Code), Names.Path(field), errors);
                    break;
                case UnifiedCode:
                    unified = ReadUnified(json.Text(Unified), Names.Path(field), errors);
                    break;
                case SubCode:
                    sub = json.Text(InstitutionSubCode);
                    break;
                case CountsAgainstHealth:
                    counts = json.Boolean();
                    break;
                case Messages when json.TryEnter():
                    ReadMessages(ref json, messages);
                    break;
            }
        }

        json.Close();
        if (outcome == CodeOutcome.NotKnown && answeredBy is not (null or ChannelInterface.Query))
        {
            errors.Add(Names.Path(Outcome), FieldCodes.UnknownValue, "only an answer to a query can say that a number is not known");
        }

        return errors.Any
            ? errors.ToProblem()
            : new MapCode(
                channel!, answeredBy!.Value, code!, sub!, new CodeMeaning(outcome!.Value, unified!, counts!.Value),
                [.. messages.Select(message => new PayerMessage(unified!, message.Language, message.Text))]);
    }

    private static void ReadMessages(ref StrictJson json, List<(string Language, string Text)> messages)
    {
        for (var seen = 0u; json.Next(LanguageNames, ref seen, out var language);)
        {
            if (json.Text(Message) is { } text)
            {
                messages.Add((Languages[language], text));
            }
        }
    }

    private static string? ReadUnified(string? code, string path, FieldErrors errors)
    {
        if (code is [>= 'a' and <= 'z', ..] or null)
        {
            return code;
        }

        errors.Add(path, FieldCodes.InvalidCharacters, "must begin with a letter");
        return null;
    }
}
