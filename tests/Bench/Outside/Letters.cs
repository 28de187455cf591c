using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace PaymentEngine.Bench.Outside;

/// <summary>The institution's answers and callbacks in bytes, signed by its scheme. One thread; each is valid until the next.</summary>
internal sealed class Letters(string secret)
{
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);
    private readonly byte[] _body = new byte[1024];
    private readonly byte[] _signed = new byte[2048];
    private readonly byte[] _letter = new byte[2048];
    private long _nonce;

    /// <summary>The answer to a call on this path that came with this nonce.</summary>
    public ReadOnlySpan<byte> Answer(string path, string nonce, BankOrder? order)
    {
        var body = Write(_body, AnswerOf(order));
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var signature = Signature($"ANSWER\n{path}\n{timestamp}\n{nonce}\n", body);
        Utf8.TryWrite(
            _letter,
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nbank-timestamp: {timestamp}\r\nbank-signature: {signature}\r\n\r\n",
            out var head);
        body.CopyTo(_letter.AsSpan(head));
        return _letter.AsSpan(0, head + body.Length);
    }

    /// <summary>The callback with an order's result.</summary>
    public ReadOnlySpan<byte> Callback(string host, BankOrder order)
    {
        var now = DateTime.UtcNow;
        var body = Write(
            _body,
            $"{{\"number\":\"{order.Number}\",\"interface\":\"pay\",\"status\":\"SUCCESS\",\"amount\":{order.Amount},\"currency\":\"CNY\",\"reference\":\"SIM{order.Number}\",\"occurred_at\":\"{now:yyyy-MM-ddTHH:mm:ss.fff}+00:00\"}}");
        var timestamp = new DateTimeOffset(now).ToUnixTimeSeconds();
        var nonce = $"{++_nonce:x32}";
        var signature = Signature($"CALLBACK\n{order.Channel}\n{timestamp}\n{nonce}\n", body);
        Utf8.TryWrite(
            _letter,
            CultureInfo.InvariantCulture,
            $"POST /callbacks/{order.Channel} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nbank-timestamp: {timestamp}\r\nbank-nonce: {nonce}\r\nbank-signature: {signature}\r\n\r\n",
            out var head);
        body.CopyTo(_letter.AsSpan(head));
        return _letter.AsSpan(0, head + body.Length);
    }

    private static string AnswerOf(BankOrder? order) => order switch
    {
        null => "{\"status\":\"NOT_KNOWN\"}",
        { IsExecuted: false } => $"{{\"status\":\"ACCEPTED\",\"reference\":\"SIM{order.Number}\"}}",
        _ => $"{{\"status\":\"SUCCESS\",\"reference\":\"SIM{order.Number}\",\"amount\":{order.Amount},\"currency\":\"CNY\"}}",
    };

    private static ReadOnlySpan<byte> Write(byte[] buffer, string text) => buffer.AsSpan(0, Encoding.ASCII.GetBytes(text, buffer));

    private string Signature(string head, ReadOnlySpan<byte> body)
    {
        var length = Encoding.ASCII.GetBytes(head, _signed);
        body.CopyTo(_signed.AsSpan(length));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, _signed.AsSpan(0, length + body.Length), hash);
        return Convert.ToHexStringLower(hash);
    }
}
