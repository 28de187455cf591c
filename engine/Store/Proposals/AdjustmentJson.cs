using System.Text.Json.Nodes;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Store.Proposals;

/// <summary>What an adjustment books, as its row keeps it.</summary>
internal static class AdjustmentJson
{
    public static string Write(AdjustmentContent content)
    {
        var json = new JsonObject
        {
            ["legs"] = new JsonArray([.. content.Legs.Select(leg => new JsonObject
            {
                ["account"] = leg.Account,
                ["amount_minor"] = leg.Amount.Minor,
                ["currency"] = leg.Amount.Currency.Code,
                ["item"] = leg.Item.Value,
            })]),
            ["reverses"] = content.Reverses.Value,
        };
        if (content.Captures is { } capture)
        {
            json["captures"] = new JsonObject
            {
                ["hold"] = capture.Hold.Value,
                ["amount_minor"] = capture.Amount.Minor,
                ["currency"] = capture.Amount.Currency.Code,
            };
        }

        return json.ToJsonString();
    }

    public static AdjustmentContent Read(string reason, string content)
    {
        var json = JsonNode.Parse(content)!;
        return new AdjustmentContent(
            reason,
            [.. json["legs"]!.AsArray().Select(leg => new RequestedLeg(
                (string)leg!["account"]!,
                AmountOf(leg),
                new OrderId((long)leg["item"]!)))],
            new OrderId((long)json["reverses"]!))
        {
            Captures = json["captures"] is { } capture ? new HoldOrder.Capture(new OrderId((long)capture["hold"]!), AmountOf(capture)) : null,
        };
    }

    private static Money AmountOf(JsonNode json) => new((long)json["amount_minor"]!, Currency.Parse((string)json["currency"]!));
}
