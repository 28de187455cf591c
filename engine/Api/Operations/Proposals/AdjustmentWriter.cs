using System.Text.Json;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Adjustments with all that the second person has to see: names, amounts in digits and words, balances before and after.</summary>
internal static class AdjustmentWriter
{
    public static byte[] Write(AdjustmentView adjustment) => JsonBytes.Of(adjustment, WriteAdjustment);

    public static byte[] Write(IReadOnlyList<AdjustmentView> adjustments) => JsonBytes.List("adjustments", adjustments, WriteAdjustment);

    private static void WriteAdjustment(Utf8JsonWriter json, AdjustmentView view)
    {
        var stored = view.Stored;
        json.WriteString("adjustment"u8, LedgerNumber.OfAdjustment(stored.Id));
        json.WriteState(stored, done: "posted");
        json.WriteString("reason"u8, stored.Content.Reason);
        json.WriteString("reverses"u8, stored.Content.Reverses.IsNone ? null : LedgerNumber.OfPosting(stored.Content.Reverses));
        WriteCapture(json, view);
        WriteLegs(json, view);
        WriteTotals(json, stored.Content.Legs);
        json.WriteObjects("warnings"u8, view.Warnings, static (json, warning) =>
        {
            json.WriteString("leg"u8, warning.Field);
            json.WriteString("code"u8, warning.Code);
            json.WriteString("message"u8, warning.Message);
        });
        json.WriteVerdict(stored);
        json.WriteString("posting"u8, stored.Posting.IsNone ? null : LedgerNumber.OfPosting(stored.Posting));
        json.WriteDay("posting_date"u8, stored.Done?.PostingDay);
    }

    /// <summary>What is left of the hold is told while it is not decided; afterwards the hold itself says it.</summary>
    private static void WriteCapture(Utf8JsonWriter json, AdjustmentView view)
    {
        if (view.Stored.Content.Captures is not { } capture || view.Hold is not { } hold)
        {
            json.WriteNull("captures"u8);
            return;
        }

        json.WriteStartObject("captures"u8);
        json.WriteString("hold"u8, LedgerNumber.OfHold(capture.Hold));
        json.WriteString("account"u8, hold.Account);
        json.WriteString("held_for"u8, hold.Reason);
        json.WriteWithWords("amount"u8, capture.Amount);
        if (view.Posting is null && view.Stored.Verdict != Verdict.Refused)
        {
            var after = hold.Left - capture.Amount;
            json.WriteMoney("left_before"u8, hold.Left);
            json.WriteString("left_after"u8, after.IsNegative ? null : after.ToString());
        }

        json.WriteEndObject();
    }

    private static void WriteLegs(Utf8JsonWriter json, AdjustmentView view)
    {
        var running = view.Accounts.ToDictionary(entry => entry.Key, entry => (Int128)entry.Value.Balance);
        var posted = view.Posting?.Legs.ToList();
        json.WriteStartArray("legs"u8);
        foreach (var leg in view.Stored.Content.Legs)
        {
            json.WriteStartObject();
            json.WriteString("account"u8, leg.Account);
            if (view.Accounts.TryGetValue(leg.Account, out var account))
            {
                json.WriteString("kind"u8, LedgerJson.Kind(account.Kind));
                json.WriteString("owner"u8, account.Owner);
                json.WriteString("owner_name"u8, account.OwnerName);
                json.WriteString("subject"u8, account.Subject.Code);
                json.WriteString("subject_name"u8, account.Subject.Name);
                json.WriteString("subject_name_zh"u8, account.Subject.NameInChinese);
            }

            json.WriteSide(leg.Amount);
            json.WriteWithWords("amount"u8, LedgerJson.Unsigned(leg.Amount));
            json.WriteString("item"u8, leg.Item.IsNone ? null : LedgerNumber.OfItem(leg.Item));
            if (posted is not null)
            {
                WritePosted(json, leg, posted);
            }
            else if (view.Stored.Verdict != Verdict.Refused)
            {
                WriteExpected(json, leg, running);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>As its entry has them. A posting has its legs in an order of its own, and those that moved between rows.</summary>
    private static void WritePosted(Utf8JsonWriter json, RequestedLeg leg, List<LegRecord> posted)
    {
        var at = posted.FindIndex(one => one.Account == leg.Account && one.Amount == leg.Amount && (leg.Item.IsNone || one.Order == leg.Item));
        if (at >= 0)
        {
            json.WriteString("row"u8, posted[at].Row);
            Write(json, posted[at].Place?.Opening, posted[at].Place?.Closing, leg.Amount.Currency);
            posted.RemoveAt(at);
        }
    }

    /// <summary>As they are now, leg after leg.</summary>
    private static void WriteExpected(Utf8JsonWriter json, in RequestedLeg leg, Dictionary<string, Int128> running)
    {
        if (running.TryGetValue(leg.Account, out var before))
        {
            var after = before + leg.Amount.Minor;
            running[leg.Account] = after;
            Write(json, OrNull(before), OrNull(after), leg.Amount.Currency);
        }
    }

    private static void Write(Utf8JsonWriter json, long? before, long? after, Currency currency)
    {
        json.WriteString("balance_before"u8, before is { } was ? new Money(was, currency).ToString() : null);
        json.WriteString("balance_after"u8, after is { } will ? new Money(will, currency).ToString() : null);
    }

    /// <summary>What would not fit is a warning of its own.</summary>
    private static long? OrNull(Int128 minor) => minor >= long.MinValue && minor <= long.MaxValue ? (long)minor : null;

    private static void WriteTotals(Utf8JsonWriter json, IReadOnlyList<RequestedLeg> legs) =>
        json.WriteObjects("totals"u8, legs.GroupBy(leg => leg.Amount.Currency), static (json, ofCurrency) =>
        {
            var credits = ofCurrency.Where(leg => leg.Amount.IsPositive).Aggregate(Money.Zero(ofCurrency.Key), (sum, leg) => sum + leg.Amount);
            json.WriteWithWords("each_side"u8, credits);
        });
}
