using System.Buffers;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Http;

/// <summary>The serial number under which a request is followed through all levels (O6): the merchant's, or ours.</summary>
internal static class RequestSerial
{
    public const string Header = "X-Request-Id";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>False when the merchant's cannot be used; the request is then refused under a serial number of ours.</summary>
    public static bool TryRead(HttpRequest request, out string serial)
    {
        var sent = request.Headers[Header];
        if (sent.Count == 0)
        {
            serial = New();
            return true;
        }

        if (sent is [{ Length: >= 1 and <= FieldLimits.RequestSerial } only] && !only.AsSpan().ContainsAnyExcept(Alphabet))
        {
            serial = only;
            return true;
        }

        serial = New();
        return false;
    }

    private static string New() => Guid.CreateVersion7().ToString("N");
}
