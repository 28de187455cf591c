using System.Buffers;
using System.Text;
using PaymentEngine.Routing.Filters;

namespace PaymentEngine.Routing.Explaining;

/// <summary>
/// How an explanation is stored: numbers as varints, channels and interfaces by their places in the setup of the
/// version that it names. A decision among forty channels takes about two hundred bytes.
/// </summary>
internal static class ExplanationFormat
{
    public const byte Layout = 1;

    /// <summary>Stands for the channel as a whole.</summary>
    public const int NoInterface = 255;

    public const int Thousandths = 1_000;

    public const byte Chosen = 1;
    public const byte ByProbe = 2;
}

internal sealed class ExplanationWriter
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    private readonly ArrayBufferWriter<byte> _bytes;

    public ExplanationWriter()
    {
        _bytes = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        _bytes.ResetWrittenCount();
    }

    public void Header(int version, bool isProbe, (int Channel, int Interface)? choice)
    {
        Byte(ExplanationFormat.Layout);
        Number((ulong)version);
        Byte((byte)((choice is null ? 0 : ExplanationFormat.Chosen) | (isProbe ? ExplanationFormat.ByProbe : 0)));
        if (choice is var (channel, known))
        {
            Number((ulong)channel);
            Byte((byte)known);
        }
    }

    public void Count(int count) => Number((ulong)count);

    public void Script(string name, int version, bool failed)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(name));
        Encoding.UTF8.GetBytes(name, _bytes);
        Number((ulong)version);
        Byte(failed ? (byte)1 : (byte)0);
    }

    public void Candidate(int channel, decimal priority, decimal weight, int health)
    {
        Number((ulong)channel);
        Number((ulong)Math.Round(priority * ExplanationFormat.Thousandths));
        Number((ulong)Math.Round(weight * ExplanationFormat.Thousandths));
        Byte((byte)-health);
    }

    public void Removal(int channel, int known, Removal removal)
    {
        Number((ulong)channel);
        Byte((byte)known);
        Byte((byte)removal.Reason);
        Byte(removal.Rule);
    }

    public byte[] ToBytes() => _bytes.WrittenSpan.ToArray();

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    private void Number(ulong number)
    {
        while (number >= 0x80)
        {
            Byte((byte)(number | 0x80));
            number >>= 7;
        }

        Byte((byte)number);
    }
}
