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
            json.WriteStartObject();
            TradeAnswerWriter.Write(json, state.family, state.requestSerial, state.words);
            json.WriteStartArray("routing"u8);
            foreach (var choice in state.choices)
            {
                WriteChoice(json, choice);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static void WriteChoice(Utf8JsonWriter json, ExplainedChoice choice)
    {
        var explanation = choice.Explanation;
        json.WriteStartObject();
        json.WriteString("instruction_no"u8, OrderNumber.Format(OrderLevel.Instruction, choice.Instruction));
        json.WriteString("order_no"u8, choice.Order is { } order ? OrderNumber.Format(OrderLevel.InstitutionOrder, order) : null);
        json.WriteTime("at"u8, choice.At);
        json.WriteString("channel"u8, explanation.Channel);
        json.WriteString("interface"u8, explanation.Interface);
        json.WriteString("in_words"u8, ChoiceWords.Of(explanation));
        json.WriteNumber("setup_version"u8, explanation.SetupVersion);
        json.WriteStartArray("scripts"u8);
        foreach (var script in explanation.Scripts)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, script.Name);
            json.WriteNumber("version"u8, script.Version);
            json.WriteBoolean("failed"u8, script.Failed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCandidates(json, explanation);
        WriteRemovals(json, explanation);
        json.WriteEndObject();
    }

    private static void WriteCandidates(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("candidates"u8);
        foreach (var candidate in explanation.Candidates)
        {
            json.WriteStartObject();
            json.WriteString("channel"u8, candidate.Channel);
            json.WriteNumber("priority"u8, candidate.Priority);
            json.WriteNumber("weight"u8, candidate.Weight);
            json.WriteNumber("health"u8, candidate.Health);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRemovals(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("removed"u8);
        foreach (var removal in explanation.Removals)
        {
            json.WriteStartObject();
            json.WriteString("channel"u8, removal.Channel);
            json.WriteString("interface"u8, removal.Interface);
            json.WriteString("reason"u8, StateNames.Snake(removal.Reason.ToString()));
            json.WriteString("in_words"u8, removal.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
