using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Operations;

/// <summary>What somebody says of one of our accounts.</summary>
internal sealed record SentReserve(string Channel, Money Balance, Money Threshold);

internal static class ReserveReader
{
    private const int Channel = 0;
    private const int CurrencyCode = 1;
    private const int Balance = 2;
    private const int Threshold = 3;

    private static readonly FieldNames Names = new(string.Empty, required: 4, "channel", "currency", "balance", "threshold");

    public static string ChannelField => Names.Path(Channel);

    public static OrProblem<SentReserve> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? channel = null, code = null, balance = null, threshold = null;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case Channel:
                    channel = json.Text(TextRule.Party);
                    break;
                case CurrencyCode:
                    code = json.Text(TextRule.Code);
                    break;
                case Balance:
                    balance = json.Text(TextRule.Code);
                    break;
                case Threshold:
                    threshold = json.Text(TextRule.Code);
                    break;
            }
        }

        json.Close();
        if (code is null || !Currency.TryParse(code, out var currency))
        {
            if (code is not null)
            {
                errors.Add(Names.Path(CurrencyCode), FieldCodes.CurrencyUnknown, "must be the ISO 4217 code of a currency, such as CNY");
            }

            return errors.ToProblem();
        }

        var holds = Amount(balance, currency, Balance, errors);
        var least = Amount(threshold, currency, Threshold, errors);
        return errors.Any ? errors.ToProblem() : new SentReserve(channel!, holds, least);
    }

    private static Money Amount(string? text, Currency currency, int field, FieldErrors errors) =>
        text is null ? default : AmountReader.Read(text, currency, Names.Path(field), errors, mayBeZero: true);
}
