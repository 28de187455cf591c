using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Customers as operations read them.</summary>
internal static class CustomerWriter
{
    public static byte[] Write(CustomerRecord customer, IReadOnlyList<AccountRecord> accounts) =>
        JsonBytes.Of((customer, accounts), static (json, found) =>
        {
            var customer = found.customer;
            json.WriteString("number"u8, customer.Number);
            json.WriteString("name"u8, customer.Name);
            json.WriteBoolean("face_to_face"u8, customer.IsFaceToFace);
            WriteLimits(json, customer);
            json.WriteObjects("verifications"u8, customer.Verifications, static (json, verification) =>
            {
                json.WriteString("source"u8, verification.Source);
                json.WriteTime("verified_at"u8, verification.At);
                json.WriteString("noted_by"u8, verification.NotedBy);
            });
            json.WriteObjects("class_changes"u8, customer.Changes, static (json, change) =>
            {
                json.WriteString("from"u8, change.From);
                json.WriteString("to"u8, change.To);
                json.WriteString("reason"u8, change.Reason);
                json.WriteString("changed_by"u8, change.By);
                json.WriteTime("changed_at"u8, change.At);
            });
            json.WriteTexts("accounts"u8, found.accounts.Select(account => account.Number));
            json.WriteTime("registered_at"u8, customer.RegisteredAt);
            json.WriteString("registered_by"u8, customer.RegisteredBy);
        });

    /// <summary>Over all of the customer's accounts.</summary>
    public static void WriteLimits(Utf8JsonWriter json, CustomerRecord customer)
    {
        var ofClass = customer.Class;
        json.WriteString("class"u8, ofClass.Class);
        json.WriteWithWords("limit"u8, ofClass.Limit);
        json.WriteString("limit_period"u8, SnakeCase.Of(ofClass.Period));
        json.WriteBoolean("counts_own_bank_account"u8, ofClass.CountsOwn);
        json.WriteNumber("verifications_needed"u8, ofClass.Verifications);
        json.WriteMoney("used_of_life"u8, customer.UsedOfLife);
        json.WriteMoney("used_of_year"u8, customer.UsedOfYear);
        json.WriteNumber("year"u8, customer.Year);
    }
}
