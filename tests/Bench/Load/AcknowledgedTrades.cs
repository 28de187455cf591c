using System.Text;
using PaymentEngine.Core;

namespace PaymentEngine.Bench.Load;

/// <summary>The file of trade numbers that the engine has promised, one per line.</summary>
internal sealed class AcknowledgedTrades(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);

    public void Add(ReadOnlySpan<byte> tradeNo)
    {
        _file.Write(tradeNo);
        _file.WriteByte((byte)'\n');
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The keys under which the database holds these trades.</summary>
    public static IEnumerable<long> ReadIds(string path) => File.ReadLines(path, Encoding.ASCII).Select(tradeNo =>
        OrderNumber.TryParse(tradeNo, out var level, out var id) && level == OrderLevel.Trade
            ? id.Value
            : throw new InvalidDataException($"the engine acknowledged '{tradeNo}', which is no trade number"));
}
