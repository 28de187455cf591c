using System.Text.Json.Nodes;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

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
        return json.ToJsonString();
    }

    public static AdjustmentContent Read(string reason, string content)
    {
        var json = JsonNode.Parse(content)!;
        return new AdjustmentContent(
            reason,
            [.. json["legs"]!.AsArray().Select(leg => new RequestedLeg(
                (string)leg!["account"]!,
                new Money((long)leg["amount_minor"]!, Currency.Parse((string)leg["currency"]!)),
                new OrderId((long)leg["item"]!)))],
            new OrderId((long)json["reverses"]!));
    }
}
