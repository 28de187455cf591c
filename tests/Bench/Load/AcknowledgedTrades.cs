using System.Text;
using PaymentEngine.Core;

namespace PaymentEngine.Bench.Load;

/// <summary>
/// The file of trade numbers that the engine has promised, one per line. It is written when the load is over: a write
/// that waits for a busy disk would keep the only thread from sending what is due.
/// </summary>
internal sealed class AcknowledgedTrades(string path) : IDisposable
{
    private readonly MemoryStream _lines = new();

    public void Add(ReadOnlySpan<byte> tradeNo)
    {
        _lines.Write(tradeNo);
        _lines.WriteByte((byte)'\n');
    }

    public void Dispose()
    {
        using var file = File.Create(path);
        _lines.WriteTo(file);
    }

    /// <summary>The keys under which the database holds these trades.</summary>
    public static IEnumerable<long> ReadIds(string path) => File.ReadLines(path, Encoding.ASCII).Select(tradeNo =>
        OrderNumber.TryParse(tradeNo, out var level, out var id) && level == OrderLevel.Trade
            ? id.Value
            : throw new InvalidDataException($"the engine acknowledged '{tradeNo}', which is no trade number"));
}
