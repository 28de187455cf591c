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

    private static readonly FieldNames Alone = new(string.Empty, required: 2, "method", "payer_account");
    private static readonly FieldNames Inside = new("payment.", required: 2, "method", "payer_account");

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
            }
        }

        return method is { } known && payerAccount is not null ? new StartPayment(known, payerAccount) : null;
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
