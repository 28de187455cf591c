using System.Buffers.Text;

namespace PaymentEngine.Bench.Outside;

/// <summary>One HTTP/1.1 request in a receive buffer, as the engine's client writes it: a POST with a Content-Length.</summary>
internal readonly ref struct HttpRequest
{
    private readonly ReadOnlySpan<byte> _head;

    private HttpRequest(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        _head = head;
        Body = body;
    }

    public ReadOnlySpan<byte> Body { get; }

    public ReadOnlySpan<byte> Path
    {
        get
        {
            var target = _head[(_head.IndexOf((byte)' ') + 1)..];
            return target[..target.IndexOf((byte)' ')];
        }
    }

    /// <summary>False while the request is still incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpRequest request, out int length)
    {
        request = default;
        length = 0;
        var headLength = received.IndexOf("\r\n\r\n"u8);
        if (headLength < 0)
            return false;
        var head = received[..headLength];
        if (!Utf8Parser.TryParse(Header(head, "\r\nContent-Length: "u8), out int bodyLength, out _))
            throw new InvalidDataException("a request without a Content-Length");
        length = headLength + 4 + bodyLength;
        if (received.Length < length)
            return false;
        request = new HttpRequest(head, received.Slice(headLength + 4, bodyLength));
        return true;
    }

    /// <param name="line">The name as it is sent, between a line end and a space.</param>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> line) => Header(_head, line);

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> line)
    {
        var at = head.IndexOf(line);
        if (at < 0)
            return default;
        var value = head[(at + line.Length)..];
        var end = value.IndexOf("\r\n"u8);
        return end < 0 ? value : value[..end];
    }
}
