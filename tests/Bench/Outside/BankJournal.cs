using System.Globalization;
using System.Text.Unicode;

namespace PaymentEngine.Bench.Outside;

/// <summary>What the institution itself recorded, in the form of the simulated institution's journal.</summary>
internal sealed class BankJournal(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 20);

    public void Note(BankOrder order, string @event)
    {
        Span<byte> line = stackalloc byte[256];
        Utf8.TryWrite(
            line,
            CultureInfo.InvariantCulture,
            $"{{\"at\":\"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fff}Z\",\"number\":\"{order.Number}\",\"event\":\"{@event}\"}}\n",
            out var length);
        _file.Write(line[..length]);
    }

    public void Dispose() => _file.Dispose();
}
