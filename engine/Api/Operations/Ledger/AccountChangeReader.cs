using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Api.Operations.Ledger;

/// <param name="Owner">
/// The number of a merchant or a customer, or the code of a channel; for accounts of our own of one kind and currency null for
/// the first, and a number for each other.
/// </param>
internal sealed record SentAccount(string Number, AccountKind Kind, Currency Currency, string? Owner, SentMode Mode);

/// <param name="Shards">Into how many sub-accounts.</param>
internal sealed record SentMode(AccountMode Mode, int Shards, bool BufferAgreed);

internal sealed record SentReason(string Reason);

internal sealed record SentCreditLine(Money CreditLine, string Reason);

/// <summary>Reads what somebody wants of accounts.</summary>
internal static class AccountChangeReader
{
    private const int MostShards = 64;
    private const int UsualShards = 16;

    private static readonly TextRule NumberRule = new(
        1, 64, System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."), "A-Z a-z 0-9 _ - .");

    private static readonly FieldNames AccountNames = new(
        string.Empty, required: 3, "number", "kind", "currency", "owner", "mode", "shards", "buffer_agreed");

    private static readonly FieldNames ModeNames = new(string.Empty, required: 1, "mode", "shards", "buffer_agreed");
    private static readonly FieldNames ReasonNames = new(string.Empty, required: 1, "reason");
    private static readonly FieldNames CreditNames = new(string.Empty, required: 2, "credit_line", "reason");

    public static OrProblem<SentAccount> ReadAccount(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? number = null, owner = null;
        AccountKind? kind = null;
        Currency currency = default;
        var mode = new ModeFields();
        json.Open();
        for (var seen = 0u; json.Next(AccountNames, ref seen, out var field);)
        {
            switch (AccountNames.Path(field))
            {
                case "number":
                    number = json.Text(NumberRule);
                    if (number is "." or "..")
                    {
                        errors.Add("number", FieldCodes.InvalidCharacters, "must not be . or .., which no path can name");
                    }

                    break;
                case "kind":
                    kind = EnumReader.Read<AccountKind>(json.Text(TextRule.Code), "kind", errors);
                    break;
                case "currency" when json.Text(TextRule.Code) is { } code && !Currency.TryParse(code, out currency):
                    errors.Add("currency", FieldCodes.CurrencyUnknown, "must be the ISO 4217 code of a currency, such as CNY");
                    break;
                case "owner":
                    owner = json.Text(TextRule.Party);
                    break;
                case "mode" or "shards" or "buffer_agreed":
                    mode.Read(ref json, AccountNames.Path(field), errors);
                    break;
            }
        }

        json.Close();
        if (kind is AccountKind.Merchant or AccountKind.Member or AccountKind.ChannelReceivable && owner is null)
        {
            errors.Add("owner", FieldCodes.Required, "is required for accounts of this kind: a merchant's or customer's number, or a channel's code");
        }

        return errors.Any
            ? errors.ToProblem()
            : new SentAccount(number!, kind!.Value, currency, owner, mode.Sent());
    }

    public static OrProblem<SentMode> ReadMode(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        var mode = new ModeFields();
        json.Open();
        for (var seen = 0u; json.Next(ModeNames, ref seen, out var field);)
        {
            mode.Read(ref json, ModeNames.Path(field), errors);
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : mode.Sent();
    }

    public static OrProblem<SentReason> ReadReason(ReadOnlySpan<byte> body, string actor) =>
        OneText.Read(body, ReasonNames, TextRule.Reason, static text => new SentReason(text));

    public static OrProblem<SentCreditLine> ReadCreditLine(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        Money? line = null;
        string? reason = null;
        json.Open();
        for (var seen = 0u; json.Next(CreditNames, ref seen, out var field);)
        {
            if (CreditNames.Path(field) == "reason")
            {
                reason = json.Text(TextRule.Reason);
            }
            else
            {
                line = MoneyReader.Read(ref json, "credit_line", errors, mayBeZero: true);
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentCreditLine(line!.Value, reason!);
    }

    private sealed class ModeFields
    {
        private AccountMode? _mode = AccountMode.RealTime;
        private int? _shards;
        private bool? _agreed = false;

        public void Read(ref StrictJson json, string field, FieldErrors errors)
        {
            switch (field)
            {
                case "mode":
                    _mode = EnumReader.Read<AccountMode>(json.Text(TextRule.Code), field, errors);
                    break;
                case "shards":
                    _shards = json.Integer(1, MostShards);
                    break;
                case "buffer_agreed":
                    _agreed = json.Boolean();
                    break;
            }
        }

        public SentMode Sent() => new(_mode!.Value, _shards ?? UsualShards, _agreed!.Value);
    }
}
