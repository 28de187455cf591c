using System.Collections.Frozen;

namespace PaymentEngine.Routing.Facts;

/// <summary>
/// An element of a transaction under the one name that features, scripts, traces and the console use. It is read as a
/// text, a whole number or a decimal; the other two are null.
/// </summary>
public sealed record Element(string Name, string Description)
{
    public Func<RouteFacts, string?>? Text { get; init; }

    public Func<RouteFacts, long>? Whole { get; init; }

    public Func<RouteFacts, decimal>? Fractional { get; init; }

    /// <summary>After the highest comes the lowest, as on the clock.</summary>
    public bool ComesRound { get; init; }

    /// <summary>Any number as a decimal; null for texts.</summary>
    public Func<RouteFacts, decimal>? Number => Whole is { } whole ? facts => whole(facts) : Fractional;
}

public static class Elements
{
    public static readonly IReadOnlyList<Element> All =
    [
        new("partner_id", "the merchant's number") { Text = facts => facts.Merchant },
        new("member_id", "the payer, as the merchant knows him") { Text = facts => facts.Member },
        new("product", "the payment product") { Text = facts => facts.Product },
        new("mode", "the payment mode") { Text = facts => facts.Mode },
        new("terminal", "where the payer pays: app, web, pos …") { Text = facts => facts.Terminal },
        new("card_kind", "the kind of card") { Text = facts => facts.CardKind },
        new("debit_credit", "debit or credit") { Text = facts => facts.DebitCredit },
        new("ownership", "corporate or personal") { Text = facts => facts.Ownership },
        new("target_inst", "the bank or wallet at the far end") { Text = facts => facts.TargetInstitution },
        new("agreement", "the agreement under which is paid") { Text = facts => facts.Agreement },
        new("order_no", "the merchant's order number") { Text = facts => facts.OrderNo },
        new("currency", "the currency, as ISO 4217 spells it") { Text = facts => facts.Amount.Currency.Code },
        new("amount", "the amount in major units") { Fractional = facts => facts.MajorAmount },
        new("time", "the time of day as HHmm") { Whole = facts => facts.Time, ComesRound = true },
        new("day", "the date as yyyyMMdd") { Whole = facts => facts.Day },
        new("weekday", "the day of the week: 1 is Monday") { Whole = facts => facts.Weekday, ComesRound = true },
    ];

    private static readonly FrozenDictionary<string, Element> ByName = All.ToFrozenDictionary(element => element.Name);

    public static Element? Find(string name) => ByName.GetValueOrDefault(name);
}
