using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>By which two requests under one key are the same: what they would do and why something is held, and not who asked or what was written beside it.</summary>
internal static class RequestHash
{
    public static byte[] Of(LedgerRequest request)
    {
        var text = new StringBuilder(64 * (request.Legs.Count + 1));
        text.Append(CultureInfo.InvariantCulture, $"{request.Kind}|{request.Use}|{request.Reverses.Value}\n");
        foreach (var leg in request.Legs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{leg.Account}|{leg.Amount.Minor}|{leg.Amount.Currency.Code}|{leg.Item.Value}\n");
        }

        foreach (var hold in request.Holds)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Words(hold)}\n");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Words(HoldOrder order) => order switch
    {
        HoldOrder.Place place => $"place|{place.Account}|{place.Amount.Minor}|{place.Amount.Currency.Code}|{place.ExpiresAt?.UtcTicks}|{place.Reason}",
        HoldOrder.Capture capture => $"capture|{capture.Hold.Value}|{capture.Amount.Minor}|{capture.Amount.Currency.Code}",
        HoldOrder.Release release => $"release|{release.Hold.Value}|{release.Amount?.Minor}",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "no such order"),
    };
}
