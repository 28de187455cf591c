using PaymentEngine.Routing.Facts;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Scoring;

/// <summary>What a script of a priority or a weight sees (C5): the transaction, and the channel that is being weighed.</summary>
/// <param name="Cost">What the channel would charge us (C10), in major units of the payment's currency.</param>
/// <param name="Health">0 when all is well, down to -20 (C6).</param>
public readonly record struct ScoreModel(RouteFacts Facts, string Channel, decimal Cost, int Health)
{
    /// <summary>The elements of the transaction under the names that features use too, and what is known of the channel.</summary>
    public static readonly ScriptSchema<ScoreModel> Schema = new ScriptSchema<ScoreModel> { Result = ScriptType.Decimal }
        .Text("partner_id", "the merchant's number", static (in model) => model.Facts.Merchant)
        .Text("member_id", "the payer, as the merchant knows him", static (in model) => model.Facts.Member)
        .Text("product", "the payment product", static (in model) => model.Facts.Product)
        .Text("mode", "the payment mode", static (in model) => model.Facts.Mode)
        .Text("terminal", "where the payer pays: app, web, pos …", static (in model) => model.Facts.Terminal)
        .Text("card_kind", "the kind of card", static (in model) => model.Facts.CardKind)
        .Text("debit_credit", "debit or credit", static (in model) => model.Facts.DebitCredit)
        .Text("ownership", "corporate or personal", static (in model) => model.Facts.Ownership)
        .Text("target_inst", "the bank or wallet at the far end", static (in model) => model.Facts.TargetInstitution)
        .Text("agreement", "the agreement under which is paid", static (in model) => model.Facts.Agreement)
        .Text("order_no", "the merchant's order number", static (in model) => model.Facts.OrderNo)
        .Text("currency", "the currency, as ISO 4217 spells it", static (in model) => model.Facts.Amount.Currency.Code)
        .Decimal("amount", "the amount in major units", static (in model) => model.Facts.MajorAmount)
        .Integer("time", "the time of day as HHmm", static (in model) => model.Facts.Time)
        .Integer("day", "the date as yyyyMMdd", static (in model) => model.Facts.Day)
        .Integer("weekday", "the day of the week: 1 is Monday", static (in model) => model.Facts.Weekday)
        .Text("channel", "the code of the channel that is weighed", static (in model) => model.Channel)
        .Decimal("cost", "what the channel would charge us, in major units", static (in model) => model.Cost)
        .Integer("health", "0 when all is well, down to -20", static (in model) => model.Health);
}
