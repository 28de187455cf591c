using System.Text.Json;
using System.Text.Json.Nodes;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Judgement;

/// <summary>All that is known from outside about an order: its merchant's log, its history over HTTP, the bank's journal, what was told.</summary>
/// <param name="Trade">With expand=all; null when nobody shows it.</param>
/// <param name="Bank">The lines of its numbers.</param>
/// <param name="Listed">Why it stands on a work list or among the differences; null when it does not.</param>
internal sealed record Case(
    ShopOrder Order, JsonNode? Trade, IReadOnlyList<JournalEntry> Bank, IReadOnlyList<ReceivedNotification> Told, string? Listed)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string State => (string)Trade!["state"]!;

    public IEnumerable<JsonNode> Payments => Trade!["payments"]!.AsArray().OfType<JsonNode>();

    public IEnumerable<JsonNode> Entries => Trade!["entries"]!.AsArray().OfType<JsonNode>();

    public IEnumerable<JsonNode> Transitions => Trade!["transitions"]!.AsArray().OfType<JsonNode>();

    public IEnumerable<JsonNode> InstitutionOrders => OrdersOf(Trade!);

    public static IEnumerable<string> NumbersOf(JsonNode trade) => OrdersOf(trade).Select(order => (string)order["number"]!);

    public static bool IsOfMerchant(JsonNode payment) => (string?)payment["refund"]?["of"] == "merchant";

    private static IEnumerable<JsonNode> OrdersOf(JsonNode trade) => trade["payments"]!.AsArray()
        .SelectMany(payment => payment!["instructions"]!.AsArray())
        .SelectMany(instruction => instruction!["institution_orders"]!.AsArray())
        .OfType<JsonNode>();

    /// <summary>What the merchant has given back of what he was paid, as the trade says it.</summary>
    public IEnumerable<JsonNode> GivenBack => Payments.Where(payment => IsOfMerchant(payment) && (string)payment["state"]! == "succeeded");

    /// <summary>What the bank took, less what it gave back, for this order.</summary>
    public long NetMinor => Bank.Sum(line => line.Event switch
    {
        JournalEvent.Executed => line.AmountMinor!.Value,
        JournalEvent.Refunded => -line.AmountMinor!.Value,
        _ => 0,
    });

    /// <summary>The bank declined for good, executed all the same, and called nobody.</summary>
    public bool IsSilentContradiction => Bank.GroupBy(line => line.Number).Any(number =>
        number.Any(line => line.Suffered == Misbehaviour.DeclinedThenSuccess)
        && number.Any(line => line.Event == JournalEvent.Executed)
        && !number.Any(line => line.Event == JournalEvent.CallbackSent && line.Status is null));

    public string Tell() => string.Join('\n', (IEnumerable<string>)
    [
        $"--- order {Order.OrderNo} ({Order.Errand}), {Order.TradeNo ?? "never acknowledged"}, listed: {Listed ?? "nowhere"}",
        "the merchant's log:",
        .. Order.Log.Select(line => "  " + line),
        "the bank's journal:",
        .. Bank.Select(line => $"  {line.At:HH:mm:ss.fff} {line.Number} {line.Event} {line.AmountMinor} {line.Status} {line.Code} {line.Flaw} {line.Suffered} {line.Attempt}"),
        "the merchant was told:",
        .. Told.Select(told => $"  {told.Id} {told.Json.ToJsonString()}"),
        "its history:",
        Trade?.ToJsonString(Indented) ?? "  nobody shows it",
    ]);
}
