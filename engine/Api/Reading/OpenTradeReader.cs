using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads the body that opens a trade.</summary>
internal sealed class OpenTradeReader(IMerchantDirectory merchants)
{
    private const int MerchantOrderNo = 0;
    private const int Amount = 1;
    private const int CurrencyCode = 2;
    private const int Payer = 3;
    private const int Payee = 4;
    private const int Description = 5;
    private const int ExpiresIn = 6;
    private const int Payment = 7;
    private const int NotifyUrl = 8;

    private static readonly FieldNames Names = new(
        string.Empty,
        required: 4,
        "merchant_order_no", "amount", "currency", "payer", "payee", "description", "expires_in_s", "payment",
        "notify_url");

    public OrProblem<OpenTrade> Read(ReadOnlySpan<byte> body, Merchant merchant)
    {
        string? merchantOrderNo = null, amount = null, currency = null, payer = null, payee = null, description = null, notifyUrl = null;
        int? validity = FieldLimits.UsualValidityS;
        StartPayment? payment = null;
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case MerchantOrderNo:
                    merchantOrderNo = json.Text(TextRule.MerchantOrderNo);
                    break;
                case Amount:
                    amount = json.Text(TextRule.Code);
                    break;
                case CurrencyCode:
                    currency = json.Text(TextRule.Code);
                    break;
                case Payer:
                    payer = json.Text(TextRule.Party);
                    break;
                case Payee:
                    payee = json.Text(TextRule.Party);
                    break;
                case Description:
                    description = json.Text(TextRule.Description);
                    break;
                case ExpiresIn:
                    validity = json.Integer(FieldLimits.ShortestValidityS, FieldLimits.LongestValidityS);
                    break;
                case Payment:
                    payment = StartPaymentReader.ReadField(ref json, errors);
                    break;
                case NotifyUrl:
                    notifyUrl = NotifyUrlReader.Check(json.Text(TextRule.Code), merchant, Names.Path(field), errors);
                    break;
            }
        }

        json.Close();
        var money = ReadMoney(amount, currency, merchant, errors);
        return errors.Any
            ? errors.ToProblem()
            : new OpenTrade(
                merchantOrderNo!, money, payer!, payee, description, TimeSpan.FromSeconds(validity!.Value), payment, notifyUrl);
    }

    private Money ReadMoney(string? amount, string? code, Merchant merchant, FieldErrors errors)
    {
        if (code is null)
        {
            return default;
        }

        if (!Currency.TryParse(code, out var currency))
        {
            errors.Add(Names.Path(CurrencyCode), FieldCodes.CurrencyUnknown, "must be the ISO 4217 code of a currency, such as CNY");
            return default;
        }

        if (!merchants.Accepts(merchant, currency))
        {
            errors.Add(Names.Path(CurrencyCode), FieldCodes.CurrencyNotEnabled, $"you have no account in {currency.Code}");
        }

        return amount is null ? default : AmountReader.Read(amount, currency, Names.Path(Amount), errors);
    }
}
