using System.Buffers.Text;

namespace PaymentEngine.Bench.Load;

/// <summary>One HTTP/1.1 answer in a receive buffer. The body is as it came: chunk sizes are not taken out of it.</summary>
internal readonly ref struct HttpAnswer
{
    public int Status { get; private init; }
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>False while the answer is still incomplete.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var headLength = received.IndexOf("\r\n\r\n"u8);
        if (headLength < 0)
            return false;
        var head = received[..headLength];
        var rest = received[(headLength + 4)..];
        if (!TryBodyLength(head, rest, out var bodyLength) || rest.Length < bodyLength)
            return false;
        answer = new HttpAnswer { Status = StatusOf(head), Body = rest[..bodyLength] };
        return true;
    }

    /// <summary>The text value of a field of a JSON body; empty when there is none. Only for values without escapes.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> quotedName) => JsonFields.Text(Body, quotedName);

    private static int StatusOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(head[9..], out int status, out _)
            ? status
            : throw new InvalidDataException("not an HTTP/1.1 answer");

    private static bool TryBodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, out int length)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0)
            return TryChunkedLength(rest, out length);
        if (!Utf8Parser.TryParse(head[(at + name.Length)..], out length, out _))
            throw new InvalidDataException("a Content-Length that is no number");
        return true;
    }

    private static bool TryChunkedLength(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        while (true)
        {
            var chunk = rest[length..];
            var lineLength = chunk.IndexOf("\r\n"u8);
            if (lineLength < 0)
                return false;
            if (!Utf8Parser.TryParse(chunk[..lineLength], out int size, out _, 'x'))
                throw new InvalidDataException("neither a Content-Length nor chunks");
            length += lineLength + 2 + size + 2;
            if (length > rest.Length)
                return false;
            if (size == 0)
                return true;
        }
    }
}
