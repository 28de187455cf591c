using System.Text.Json.Nodes;

namespace PaymentEngine.Host;

/// <summary>Prints a trade with its four levels, its history and its ledger entries, for people.</summary>
internal static class JourneyPrint
{
    public static void Write(TextWriter to, JsonNode trade)
    {
        to.WriteLine();
        to.WriteLine($"trade              {Text(trade, "trade_no")}  {Text(trade, "state"),-10} {Text(trade, "amount")} {Text(trade, "currency")}");
        foreach (var payment in List(trade, "payments"))
        {
            to.WriteLine($"  payment          {Text(payment, "payment_no")}  {Text(payment, "state"),-10} {Text(payment, "method")}");
            foreach (var instruction in List(payment, "instructions"))
            {
                to.WriteLine($"    instruction    {Text(instruction, "instruction_no")}  {Text(instruction, "state"),-10} {Text(instruction, "method")}");
                foreach (var order in List(instruction, "institution_orders"))
                {
                    to.WriteLine($"      institution  {Text(order, "order_no")}  {Text(order, "state"),-10} {Text(order, "channel")} number {Text(order, "number")} ref {Text(order, "institution_ref")}");
                }
            }
        }

        to.WriteLine();
        to.WriteLine("history");
        foreach (var step in List(trade, "transitions"))
        {
            to.WriteLine($"  {Text(step, "at")}  {Text(step, "level"),-17} {Text(step, "event"),-24} {Text(step, "from"),-16} → {Text(step, "to"),-16} {Text(step, "actor")}{Why(step)}");
        }

        to.WriteLine();
        to.WriteLine("ledger");
        foreach (var entry in List(trade, "entries"))
        {
            to.WriteLine($"  {Text(entry, "posting_date")}  {Text(entry, "side"),-6} {Text(entry, "amount"),10} {Text(trade, "currency")}  {Text(entry, "account"),-22} {Text(entry, "account_name"),-24} #{Text(entry, "seq"),-5} {Text(entry, "opening")} → {Text(entry, "closing")}");
        }
    }

    private static string Why(JsonNode step) => Text(step, "reason") is { Length: > 0 } reason ? $": {reason}" : string.Empty;

    private static string Text(JsonNode node, string field) => node[field]?.ToString() ?? string.Empty;

    private static IEnumerable<JsonNode> List(JsonNode node, string field) => (node[field] as JsonArray ?? []).OfType<JsonNode>();
}
