using System.Text.Json;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Changes by two persons with all that the second has to see: whose it is, amounts in digits and words, before and after.</summary>
internal static class ChangeWriter
{
    public static byte[] Write(ChangeView change) => JsonBytes.Of(change, WriteChange);

    public static byte[] Write(IReadOnlyList<ChangeView> changes) => JsonBytes.List("changes", changes, WriteChange);

    private static void WriteChange(Utf8JsonWriter json, ChangeView view)
    {
        var stored = view.Stored;
        json.WriteString("change"u8, LedgerNumber.OfChange(stored.Id));
        json.WriteState(stored, done: "applied");
        WriteContent(json, view);
        json.WriteString("reason"u8, stored.Content.Reason);
        json.WriteString("obstacle"u8, view.Obstacle);
        json.WriteVerdict(stored);
        json.WriteTime("applied_at"u8, stored.Done?.At);
        json.WriteString("posting"u8, stored.Posting.IsNone ? null : LedgerNumber.OfPosting(stored.Posting));
    }

    private static void WriteContent(Utf8JsonWriter json, ChangeView view)
    {
        switch (view.Stored.Content.Change)
        {
            case PowerChange.CreditLine(var account, var from, var to):
                json.WriteString("what"u8, "credit_line"u8);
                WriteAccount(json, account, view.Account);
                json.WriteWithWords("credit_line_before"u8, from);
                json.WriteWithWords("credit_line_after"u8, to);
                break;
            case PowerChange.Unfreeze(var account):
                json.WriteString("what"u8, "unfreeze"u8);
                WriteAccount(json, account, view.Account);
                WriteFreezes(json, view.Freezes);
                break;
            case PowerChange.CustomerClass change:
                json.WriteString("what"u8, "class"u8);
                WriteClass(json, change, view);
                break;
            case PowerChange.ReleaseHold release:
                json.WriteString("what"u8, "release_hold"u8);
                json.WriteString("hold"u8, LedgerNumber.OfHold(release.Hold));
                WriteAccount(json, release.Account, view.Account);
                json.WriteString("held_for"u8, view.Hold?.Reason);
                json.WriteWithWords("amount"u8, release.Amount);
                json.WriteMoney("left_before"u8, release.From);
                json.WriteMoney("left_after"u8, release.To);
                break;
        }
    }

    private static void WriteAccount(Utf8JsonWriter json, string number, AccountRecord? account)
    {
        json.WriteString("account"u8, number);
        if (account is null)
        {
            return;
        }

        json.WriteString("kind"u8, LedgerJson.Kind(account.Kind));
        json.WriteString("owner"u8, account.Owner);
        json.WriteString("owner_name"u8, account.OwnerName);
        json.WriteString("status"u8, SnakeCase.Of(account.Status));
        json.WriteWithWords("balance"u8, new Money(account.Balance, account.Currency));
        json.WriteMinor("frozen"u8, account.Frozen, account.Currency);
        json.WriteMinor("available"u8, (long)Int128.Clamp(account.Available, long.MinValue, long.MaxValue), account.Currency);
    }

    private static void WriteFreezes(Utf8JsonWriter json, IReadOnlyList<AccountChangeRecord> freezes) =>
        json.WriteObjects("freezes"u8, freezes, static (json, freeze) =>
        {
            json.WriteString("reason"u8, freeze.Reason);
            json.WriteString("frozen_by"u8, freeze.By);
            json.WriteTime("frozen_at"u8, freeze.At);
        });

    private static void WriteClass(Utf8JsonWriter json, PowerChange.CustomerClass change, ChangeView view)
    {
        json.WriteString("customer"u8, change.Customer);
        json.WriteString("customer_name"u8, view.Customer?.Name);
        WriteClass(json, "class_before"u8, change.From, view.Classes);
        WriteClass(json, "class_after"u8, change.To, view.Classes);
        if (view.Customer is not { } customer)
        {
            return;
        }

        json.WriteBoolean("face_to_face"u8, customer.IsFaceToFace);
        json.WriteObjects("verifications"u8, customer.Verifications, static (json, verification) =>
        {
            json.WriteString("source"u8, verification.Source);
            json.WriteString("noted_by"u8, verification.NotedBy);
        });
    }

    private static void WriteClass(Utf8JsonWriter json, ReadOnlySpan<byte> name, string of, IReadOnlyList<ClassRecord> classes)
    {
        json.WriteStartObject(name);
        json.WriteString("class"u8, of);
        if (classes.FirstOrDefault(one => one.Class == of) is { } found)
        {
            json.WriteWithWords("limit"u8, found.Limit);
            json.WriteString("limit_period"u8, SnakeCase.Of(found.Period));
            json.WriteNumber("verifications_needed"u8, found.Verifications);
        }

        json.WriteEndObject();
    }
}
