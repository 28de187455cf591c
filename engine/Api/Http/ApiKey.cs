using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PaymentEngine.Api.Http;

/// <summary>Whose key it is.</summary>
internal delegate T? KeyLookup<out T>(ReadOnlySpan<byte> key)
    where T : class;

/// <summary>Reads Authorization: Bearer. What is not a known key is not told apart from what is not a key at all.</summary>
internal static class ApiKey
{
    private const string Scheme = "Bearer ";
    private const int LongestHeader = 256;

    public static T? Find<T>(HttpRequest request, KeyLookup<T> lookup)
        where T : class
    {
        if (request.Headers.Authorization is not [{ Length: <= LongestHeader } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> key = stackalloc byte[LongestHeader];
        return Ascii.FromUtf16(header.AsSpan(Scheme.Length), key, out var length) == OperationStatus.Done && length > 0
            ? lookup(key[..length])
            : null;
    }
}
