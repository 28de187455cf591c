using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>An account with everything around it.</summary>
/// <param name="Rows">Its own, then its sub-accounts.</param>
internal sealed record AccountDetail(
    AccountRecord Account, IReadOnlyList<AccountRowRecord> Rows, IReadOnlyList<AccountChangeRecord> Changes, CustomerRecord? Customer);

/// <summary>Accounts, entries and holds as operations read them.</summary>
internal static class AccountWriter
{
    public static byte[] Write(IReadOnlyList<AccountRecord> accounts) => JsonBytes.List("accounts", accounts, WriteAccount);

    public static byte[] Write(AccountDetail detail) => JsonBytes.Of(detail, static (json, detail) =>
    {
        var account = detail.Account;
        WriteAccount(json, account);
        json.WriteObjects("sub_accounts"u8, detail.Rows.Where(row => row.Id != account.Id), (json, row) => WriteRow(json, row, account.Currency));
        json.WriteObjects("changes"u8, detail.Changes, static (json, change) =>
        {
            json.WriteString("what"u8, SnakeCase.Of(change.What));
            json.WriteString("from"u8, change.From);
            json.WriteString("to"u8, change.To);
            json.WriteString("reason"u8, change.Reason);
            json.WriteString("changed_by"u8, change.By);
            json.WriteTime("changed_at"u8, change.At);
        });
        if (detail.Customer is { } customer)
        {
            json.WriteObject("customer_limits"u8, customer, CustomerWriter.WriteLimits);
        }
    });

    public static byte[] Write(AccountRowRecord row, Currency currency, IReadOnlyList<EntryRecord> entries) =>
        JsonBytes.Of((row, currency, entries), static (json, page) =>
        {
            json.WriteString("row"u8, page.row.Number);
            json.WriteString("currency"u8, page.currency.Code);
            json.WriteObjects("entries"u8, page.entries, (json, entry) => WriteEntry(json, entry, page.currency));
        });

    public static byte[] Write(HoldRecord hold) => JsonBytes.Of(hold, WriteHold);

    public static byte[] Write(IReadOnlyList<HoldRecord> holds) => JsonBytes.List("holds", holds, WriteHold);

    private static void WriteAccount(Utf8JsonWriter json, AccountRecord account)
    {
        json.WriteString("number"u8, account.Number);
        json.WriteString("kind"u8, LedgerJson.Kind(account.Kind));
        json.WriteString("owner"u8, account.Owner);
        json.WriteString("owner_name"u8, account.OwnerName);
        json.WriteString("customer"u8, account.Customer);
        json.WriteString("subject"u8, account.Subject.Code);
        json.WriteString("subject_name"u8, account.Subject.Name);
        json.WriteString("subject_name_zh"u8, account.Subject.NameInChinese);
        json.WriteString("balance_side"u8, SnakeCase.Of(account.Subject.Side));
        json.WriteString("currency"u8, account.Currency.Code);
        json.WriteString("status"u8, SnakeCase.Of(account.Status));
        json.WriteString("mode"u8, SnakeCase.Of(account.Mode));
        json.WriteBoolean("buffer_agreed"u8, account.BufferAgreed);
        json.WriteMinor("balance"u8, account.Balance, account.Currency);
        json.WriteMinor("booked"u8, account.Booked, account.Currency);
        json.WriteMinor("buffered"u8, account.Buffered, account.Currency);
        json.WriteMinor("frozen"u8, account.Frozen, account.Currency);
        json.WriteMinor("credit_line"u8, -account.Floor, account.Currency);
        // What an account of our own may still do is more than money can be written with.
        json.WriteMinor("available"u8, (long)Int128.Clamp(account.Available, long.MinValue, long.MaxValue), account.Currency);
        json.WriteNumber("sub_account_count"u8, account.SubAccounts);
        json.WriteTime("opened_at"u8, account.OpenedAt);
        json.WriteTime("closed_at"u8, account.ClosedAt);
    }

    private static void WriteRow(Utf8JsonWriter json, AccountRowRecord row, Currency currency)
    {
        json.WriteString("number"u8, row.Number);
        json.WriteString("status"u8, SnakeCase.Of(row.Status));
        json.WriteMinor("booked"u8, row.Booked, currency);
        json.WriteMinor("buffered"u8, row.Buffered, currency);
        json.WriteMinor("frozen"u8, row.Frozen, currency);
        json.WriteNumber("sequence"u8, row.Sequence);
    }

    private static void WriteEntry(Utf8JsonWriter json, EntryRecord entry, Currency currency)
    {
        var amount = new Money(entry.Amount, currency);
        json.WriteNumber("sequence"u8, entry.Sequence);
        json.WriteMinor("opening"u8, entry.Opening, currency);
        json.WriteSide(amount);
        json.WriteMoney("amount"u8, LedgerJson.Unsigned(amount));
        json.WriteMinor("closing"u8, entry.Closing, currency);
        json.WriteDay("posting_date"u8, entry.Day);
        json.WriteString("posting"u8, LedgerNumber.OfPosting(entry.Posting));
        json.WriteString("kind"u8, LedgerJson.Kind(entry.Kind));
        json.WriteOrder("order_no"u8, entry.Order, entry.Posting, entry.Kind);
        json.WriteNumber("voucher"u8, entry.Voucher);
    }

    private static void WriteHold(Utf8JsonWriter json, HoldRecord hold)
    {
        json.WriteString("hold"u8, LedgerNumber.OfHold(hold.Id));
        json.WriteString("account"u8, hold.Account);
        json.WriteWithWords("amount"u8, hold.Amount);
        json.WriteMoney("captured"u8, hold.Captured);
        json.WriteMoney("released"u8, hold.Released);
        json.WriteMoney("left"u8, hold.Left);
        json.WriteString("reason"u8, hold.Reason);
        json.WriteTime("expires_at"u8, hold.ExpiresAt);
        json.WriteTime("placed_at"u8, hold.PlacedAt);
        json.WriteString("placed_by"u8, hold.PlacedBy);
    }
}
