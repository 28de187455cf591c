using System.Buffers.Text;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Outside;

/// <summary>The merchant's system: acknowledges each notification at once and remembers which trade it was told of.</summary>
internal sealed class Receiver(string path) : IDisposable
{
    private readonly AcknowledgedTrades _told = new(path);
    private readonly HashSet<long> _known = [];

    /// <summary>Told once; a repeat is dropped by its id, as merchants are asked to.</summary>
    public long Told => _known.Count;

    public long Repeated { get; private set; }

    public void OnRequest(ServerConnection from, HttpRequest request)
    {
        var name = request.Header("\r\nwebhook-id: msg_"u8);
        if (!Utf8Parser.TryParse(name, out long id, out _))
            throw new InvalidDataException("a notification without an id");
        if (_known.Add(id))
            _told.Add(JsonFields.Text(request.Body, "\"trade_no\":"u8));
        else
            Repeated++;
        from.Send("HTTP/1.1 204 No Content\r\n\r\n"u8);
    }

    public void Dispose() => _told.Dispose();
}
