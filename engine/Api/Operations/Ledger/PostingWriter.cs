using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Postings and open items as operations read them.</summary>
internal static class PostingWriter
{
    public static byte[] Write(PostingRecord posting) => JsonBytes.Of(posting, WritePosting);

    public static byte[] Write(IReadOnlyList<PostingRecord> postings) => JsonBytes.List("postings", postings, WritePosting);

    public static byte[] Write(AccountRecord account, TransitItems items) => JsonBytes.Of((account, items), static (json, found) =>
    {
        json.WriteString("account"u8, found.account.Number);
        json.WriteString("currency"u8, found.account.Currency.Code);
        json.WriteDay("day"u8, found.items.Day);
        json.WriteObjects("items"u8, found.items.Items, (json, item) => WriteItem(json, found.account, item));
    });

    private static void WritePosting(Utf8JsonWriter json, PostingRecord posting)
    {
        var facts = posting.Facts;
        json.WriteString("posting"u8, LedgerNumber.OfPosting(posting.Id));
        json.WriteString("kind"u8, LedgerJson.Kind(posting.Kind));
        json.WriteDay("posting_date"u8, posting.Day);
        json.WriteOrder("order_no"u8, posting.Order, posting.Id, posting.Kind);
        json.WriteString("adjustment"u8, facts.Adjustment.IsNone ? null : LedgerNumber.OfAdjustment(facts.Adjustment));
        json.WriteString("key"u8, facts.Key);
        json.WriteString("narrative"u8, facts.Narrative);
        json.WriteString("made_by"u8, facts.MadeBy);
        json.WriteTime("posted_at"u8, facts.PostedAt);
        json.WriteString("reverses"u8, facts.Reverses.IsNone ? null : LedgerNumber.OfPosting(facts.Reverses));
        json.WriteString("reversed_by"u8, facts.ReversedBy.IsNone ? null : LedgerNumber.OfPosting(facts.ReversedBy));
        json.WriteString("hold"u8, facts.Hold.IsNone ? null : LedgerNumber.OfHold(facts.Hold));
        json.WriteNumber("voucher"u8, facts.Voucher);
        json.WriteObjects("legs"u8, posting.Legs, (json, leg) =>
        {
            json.WriteString("account"u8, leg.Account);
            json.WriteString("row"u8, leg.Row);
            json.WriteSide(leg.Amount);
            json.WriteMoney("amount"u8, LedgerJson.Unsigned(leg.Amount));
            json.WriteString("currency"u8, leg.Amount.Currency.Code);
            json.WriteOrder("item"u8, leg.Order == posting.Order ? default : leg.Order, posting.Id, kind: null);
            json.WriteBoolean("buffered"u8, leg.Place is null);
            if (leg.Place is { } place)
            {
                json.WriteNumber("sequence"u8, place.Sequence);
                json.WriteMinor("opening"u8, place.Opening, leg.Amount.Currency);
                json.WriteMinor("closing"u8, place.Closing, leg.Amount.Currency);
            }
        });
    }

    private static void WriteItem(Utf8JsonWriter json, AccountRecord account, TransitItem item)
    {
        json.WriteString("item"u8, LedgerNumber.OfItem(item.Item));
        json.WriteSide(item.Amount);
        json.WriteWithWords("amount"u8, LedgerJson.Unsigned(item.Amount));
        json.WriteDay("since"u8, item.Since);
        json.WriteNumber("age_days"u8, item.AgeDays);
        json.WriteString("opened_by"u8, item.OpenedBy.IsNone ? null : LedgerNumber.OfPosting(item.OpenedBy));
        json.WriteBoolean("under_way"u8, item.IsUnderWay);
        json.WriteObjects("would_clear"u8, WouldClear(account, item), WriteLeg);
    }

    private static RequestedLeg[] WouldClear(AccountRecord account, TransitItem item) => item.OtherSide is { } other
        ? [new RequestedLeg(account.Number, -item.Amount, item.Item), new RequestedLeg(other, item.Amount)]
        : [];

    /// <summary>As an adjustment asks for it.</summary>
    private static void WriteLeg(Utf8JsonWriter json, RequestedLeg leg)
    {
        json.WriteString("account"u8, leg.Account);
        json.WriteSide(leg.Amount);
        json.WriteStartObject("amount"u8);
        json.WriteMoney("value"u8, LedgerJson.Unsigned(leg.Amount));
        json.WriteString("currency"u8, leg.Amount.Currency.Code);
        json.WriteEndObject();
        if (!leg.Item.IsNone)
        {
            json.WriteString("item"u8, LedgerNumber.OfItem(leg.Item));
        }
    }
}
