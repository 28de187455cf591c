using System.Text.Json;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Api.Writing;

/// <summary>The body of a trade with expand=routing: how the channel of each order was chosen.</summary>
internal static class RoutingWriter
{
    public static byte[] Write(TradeFamily family, IReadOnlyList<ExplainedChoice> choices, string requestSerial, PayerWords words) => JsonBytes.Of(
        (family, choices, requestSerial, words), static (json, state) =>
        {
            TradeAnswerWriter.Write(json, state.family, state.requestSerial, state.words);
            json.WriteObjects("routing"u8, state.choices, WriteChoice);
        });

    private static void WriteChoice(Utf8JsonWriter json, ExplainedChoice choice)
    {
        var explanation = choice.Explanation;
        json.WriteString("instruction_no"u8, OrderNumber.Format(OrderLevel.Instruction, choice.Instruction));
        json.WriteString("order_no"u8, choice.Order is { } order ? OrderNumber.Format(OrderLevel.InstitutionOrder, order) : null);
        json.WriteTime("at"u8, choice.At);
        json.WriteString("channel"u8, explanation.Channel);
        json.WriteString("interface"u8, explanation.Interface);
        json.WriteString("in_words"u8, ChoiceWords.Of(explanation));
        json.WriteNumber("setup_version"u8, explanation.SetupVersion);
        json.WriteObjects("scripts"u8, explanation.Scripts, static (json, script) =>
        {
            json.WriteString("name"u8, script.Name);
            json.WriteNumber("version"u8, script.Version);
            json.WriteBoolean("failed"u8, script.Failed);
        });
        WriteCandidates(json, explanation);
        WriteRemovals(json, explanation);
    }

    private static void WriteCandidates(Utf8JsonWriter json, Explanation explanation) =>
        json.WriteObjects("candidates"u8, explanation.Candidates, static (json, candidate) =>
        {
            json.WriteString("channel"u8, candidate.Channel);
            json.WriteNumber("priority"u8, candidate.Priority);
            json.WriteNumber("weight"u8, candidate.Weight);
            json.WriteNumber("health"u8, candidate.Health);
        });

    private static void WriteRemovals(Utf8JsonWriter json, Explanation explanation) =>
        json.WriteObjects("removed"u8, explanation.Removals, static (json, removal) =>
        {
            json.WriteString("channel"u8, removal.Channel);
            json.WriteString("interface"u8, removal.Interface);
            json.WriteString("reason"u8, SnakeCase.Of(removal.Reason));
            json.WriteString("in_words"u8, removal.Words);
        });
}
