using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads the body that gives money of a trade back; without a body it is all that is left.</summary>
internal static class RefundTradeReader
{
    private const int MerchantRefundNo = 0;
    private const int Amount = 1;
    private const int Reason = 2;
    private const int NotifyUrl = 3;

    private const int Value = 0;
    private const int CurrencyCode = 1;

    private static readonly FieldNames Names = new(string.Empty, required: 0, "merchant_refund_no", "amount", "reason", "notify_url");
    private static readonly FieldNames AmountNames = new("amount.", required: 2, "value", "currency");

    public static OrProblem<RefundTrade> Read(ReadOnlySpan<byte> body, Merchant merchant)
    {
        string? number = null, reason = null, notifyUrl = null;
        Money? amount = null;
        if (body.IsEmpty)
        {
            return new RefundTrade(amount, number, reason, notifyUrl);
        }

        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case MerchantRefundNo:
                    number = json.Text(TextRule.MerchantOrderNo);
                    break;
                case Amount:
                    amount = json.TryEnter() ? ReadAmount(ref json, errors) : null;
                    break;
                case Reason:
                    reason = json.Text(TextRule.Description);
                    break;
                case NotifyUrl:
                    notifyUrl = NotifyUrlReader.Check(json.Text(TextRule.Code), merchant, Names.Path(field), errors);
                    break;
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new RefundTrade(amount, number, reason, notifyUrl);
    }

    private static Money? ReadAmount(ref StrictJson json, FieldErrors errors)
    {
        string? value = null, code = null;
        for (var seen = 0u; json.Next(AmountNames, ref seen, out var field);)
        {
            if (field == Value)
            {
                value = json.Text(TextRule.Code);
            }
            else
            {
                code = json.Text(TextRule.Code);
            }
        }

        if (code is null)
        {
            return null;
        }

        if (!Currency.TryParse(code, out var currency))
        {
            errors.Add(AmountNames.Path(CurrencyCode), FieldCodes.CurrencyUnknown, "must be the ISO 4217 code of a currency, such as CNY");
            return null;
        }

        return value is null ? null : AmountReader.Read(value, currency, AmountNames.Path(Value), errors);
    }
}
