namespace PaymentEngine.Core;

/// <summary>Money in digits, grouped by thousands so that zeros can be counted: 10,000,000.00 (A10). For people only.</summary>
public static class GroupedAmount
{
    private const int GroupDigits = 3;

    public static string Of(Money money)
    {
        var text = money.ToString();
        var begin = money.IsNegative ? 1 : 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        for (var at = (point < 0 ? text.Length : point) - GroupDigits; at > begin; at -= GroupDigits)
        {
            text = text.Insert(at, ",");
        }

        return text;
    }
}
