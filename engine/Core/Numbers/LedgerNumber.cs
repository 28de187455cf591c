namespace PaymentEngine.Core;

/// <summary>
/// Numbers of what the ledger has of its own, as people read and quote them, spelled as those of orders are: L for a
/// posting, A for an adjustment, C for a change by two persons, H for a hold. An open item of a transit account may be an
/// order of any level, so it is the digits alone: 202611200000012345.
/// </summary>
public static class LedgerNumber
{
    public delegate bool Reader(ReadOnlySpan<char> number, out OrderId id);

    private const char Posting = 'L';
    private const char Adjustment = 'A';
    private const char Change = 'C';
    private const char Hold = 'H';

    public static string OfPosting(OrderId id) => OrderNumber.Format(Posting, id);

    public static string OfAdjustment(OrderId id) => OrderNumber.Format(Adjustment, id);

    public static string OfChange(OrderId id) => OrderNumber.Format(Change, id);

    public static string OfHold(OrderId id) => OrderNumber.Format(Hold, id);

    public static string OfItem(OrderId id) => OrderNumber.Format(Posting, id)[1..];

    public static bool TryPosting(ReadOnlySpan<char> number, out OrderId id) => OrderNumber.TryParse(number, Posting, out id);

    public static bool TryAdjustment(ReadOnlySpan<char> number, out OrderId id) => OrderNumber.TryParse(number, Adjustment, out id);

    public static bool TryChange(ReadOnlySpan<char> number, out OrderId id) => OrderNumber.TryParse(number, Change, out id);

    public static bool TryHold(ReadOnlySpan<char> number, out OrderId id) => OrderNumber.TryParse(number, Hold, out id);

    /// <summary>Also the number of the order itself, whatever its letter.</summary>
    public static bool TryItem(ReadOnlySpan<char> number, out OrderId id)
    {
        var digits = number.Length > 0 && char.IsAsciiLetterUpper(number[0]) ? number[1..] : number;
        return OrderNumber.TryParse(string.Concat([Posting], digits), Posting, out id);
    }
}
