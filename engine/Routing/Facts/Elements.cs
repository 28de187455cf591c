using System.Collections.Frozen;

namespace PaymentEngine.Routing.Facts;

/// <summary>An element of a transaction under the one name that features, scripts, traces and the console use.</summary>
/// <param name="Text">Reads a text; null for numbers.</param>
/// <param name="Number">Reads a number; null for texts.</param>
public sealed record Element(string Name, string Description, Func<RouteFacts, string?>? Text, Func<RouteFacts, decimal>? Number)
{
    public bool IsNumber => Number is not null;
}

public static class Elements
{
    public static readonly IReadOnlyList<Element> All =
    [
        OfText("partner_id", "the merchant's number", facts => facts.Merchant),
        OfText("member_id", "the payer, as the merchant knows him", facts => facts.Member),
        OfText("product", "the payment product", facts => facts.Product),
        OfText("mode", "the payment mode", facts => facts.Mode),
        OfText("terminal", "where the payer pays: app, web, pos …", facts => facts.Terminal),
        OfText("card_kind", "the kind of card", facts => facts.CardKind),
        OfText("debit_credit", "debit or credit", facts => facts.DebitCredit),
        OfText("ownership", "corporate or personal", facts => facts.Ownership),
        OfText("target_inst", "the bank or wallet at the far end", facts => facts.TargetInstitution),
        OfText("agreement", "the agreement under which is paid", facts => facts.Agreement),
        OfText("order_no", "the merchant's order number", facts => facts.OrderNo),
        OfText("currency", "the currency, as ISO 4217 spells it", facts => facts.Amount.Currency.Code),
        OfNumber("amount", "the amount in major units", facts => facts.MajorAmount),
        OfNumber("time", "the time of day as HHmm", facts => facts.Time),
        OfNumber("day", "the date as yyyyMMdd", facts => facts.Day),
        OfNumber("weekday", "the day of the week: 1 is Monday", facts => facts.Weekday),
    ];

    private static readonly FrozenDictionary<string, Element> ByName = All.ToFrozenDictionary(element => element.Name);

    public static Element? Find(string name) => ByName.GetValueOrDefault(name);

    private static Element OfText(string name, string description, Func<RouteFacts, string?> read) => new(name, description, read, null);

    private static Element OfNumber(string name, string description, Func<RouteFacts, decimal> read) => new(name, description, null, read);
}
