using System.Text;

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

    public static IEnumerable<string> Read(string path) => File.ReadLines(path, Encoding.ASCII);
}
