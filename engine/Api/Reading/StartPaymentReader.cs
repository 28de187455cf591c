using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads the body that starts a payment, which is also the payment field of the body that opens a trade.</summary>
internal static class StartPaymentReader
{
    private const int Method = 0;
    private const int PayerAccount = 1;
    private const int Product = 2;
    private const int Terminal = 3;
    private const int CardKind = 4;
    private const int DebitCredit = 5;
    private const int Ownership = 6;
    private const int TargetInstitution = 7;
    private const int Agreement = 8;

    private static readonly string[] Names =
    [
        "method", "payer_account", "product", "terminal", "card_kind", "debit_credit", "ownership", "target_institution", "agreement",
    ];

    private static readonly FieldNames Alone = new(string.Empty, required: 2, Names);
    private static readonly FieldNames Inside = new("payment.", required: 2, Names);

    public static OrProblem<StartPayment> Read(ReadOnlySpan<byte> body, Merchant merchant)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        json.Open();
        var command = ReadFields(ref json, Alone, errors);
        json.Close();
        return errors.Any ? errors.ToProblem() : command!;
    }

    /// <summary>The current field; null when something in it was refused.</summary>
    public static StartPayment? ReadField(ref StrictJson json, FieldErrors errors) =>
        json.TryEnter() ? ReadFields(ref json, Inside, errors) : null;

    private static StartPayment? ReadFields(ref StrictJson json, FieldNames names, FieldErrors errors)
    {
        PaymentMethod? method = null;
        string? payerAccount = null;
        var elements = PaymentElements.None;
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            switch (field)
            {
                case Method:
                    method = ReadMethod(json.Text(TextRule.Code), names.Path(field), errors);
                    break;
                case PayerAccount:
                    payerAccount = json.Text(TextRule.PayerAccount);
                    break;
                default:
                    elements = With(elements, field, json.Text(TextRule.Element), names.Path(field), errors);
                    break;
            }
        }

        return method is { } known && payerAccount is not null ? new StartPayment(known, payerAccount) { Elements = elements } : null;
    }

    private static PaymentElements With(PaymentElements elements, int field, string? text, string path, FieldErrors errors) => field switch
    {
        Product => elements with { Product = text },
        Terminal => elements with { Terminal = text },
        CardKind => elements with { CardKind = text },
        DebitCredit => elements with { DebitCredit = OneOf(text, "debit", "credit", path, errors) },
        Ownership => elements with { Ownership = OneOf(text, "personal", "corporate", path, errors) },
        TargetInstitution => elements with { TargetInstitution = text },
        Agreement => elements with { Agreement = text },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "unknown field"),
    };

    private static string? OneOf(string? text, string one, string other, string path, FieldErrors errors)
    {
        if (text is not null && text != one && text != other)
        {
            errors.Add(path, FieldCodes.UnknownValue, $"must be {one} or {other}");
        }

        return text;
    }

    private static PaymentMethod? ReadMethod(string? code, string path, FieldErrors errors)
    {
        if (code is null)
        {
            return null;
        }

        if (PaymentNames.TryParseMethod(code, out var method))
        {
            return method;
        }

        errors.Add(path, FieldCodes.UnknownValue, "must be one of quick, online_banking, wallet");
        return null;
    }
}
