using System.Text;
using PaymentEngine.Routing.Filters;

namespace PaymentEngine.Routing.Explaining;

/// <summary>
/// How an explanation is stored: numbers as varints, channels and interfaces by their places in the setup of the
/// version that it names. A removal is one byte when it is of the same channel as the one before and has nothing else to
/// say, and four at most as long as there are no more than 127 channels.
/// </summary>
internal static class ExplanationFormat
{
    public const byte Layout = 1;

    public const int Thousandths = 1_000;

    public const byte Chosen = 1;
    public const byte ByProbe = 2;

    // The first byte of a removal has its reason and these.
    public const byte Reasons = 0x1f;
    public const byte OfInterface = 0x20;
    public const byte OfLaterRule = 0x40;
    public const byte OfSameChannel = 0x80;
}

/// <summary>A buffer that is kept and used again.</summary>
internal sealed class ExplanationWriter
{
    private byte[] _bytes = new byte[512];
    private int _length;
    private int _channel;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => (_length, _channel) = (0, -1);

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
        var length = Encoding.UTF8.GetByteCount(name);
        Number((ulong)length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(name, _bytes.AsSpan(_length));
        Number((ulong)version);
        Byte(failed ? (byte)1 : (byte)0);
    }

    public void Candidate(int channel, decimal priority, decimal weight, int health)
    {
        Number((ulong)channel);
        Score(priority);
        Score(weight);
        Byte((byte)-health);
    }

    /// <param name="known">Null when the channel as a whole was removed.</param>
    public void Removal(int channel, int? known, Removal removal)
    {
        var isSame = channel == _channel;
        Byte((byte)((byte)removal.Reason
            | (known is null ? 0 : ExplanationFormat.OfInterface)
            | (removal.Rule == 0 ? 0 : ExplanationFormat.OfLaterRule)
            | (isSame ? ExplanationFormat.OfSameChannel : 0)));
        if (!isSame)
        {
            Number((ulong)(_channel = channel));
        }

        if (known is { } place)
        {
            Byte((byte)place);
        }

        if (removal.Rule != 0)
        {
            Byte(removal.Rule);
        }
    }

    /// <summary>Most scores are whole numbers; the others are kept to the thousandth.</summary>
    private void Score(decimal score)
    {
        if (decimal.IsInteger(score))
        {
            Number((ulong)score << 1);
        }
        else
        {
            Number(((ulong)Math.Round(score * ExplanationFormat.Thousandths) << 1) | 1);
        }
    }

    private void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
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

    private void Reserve(int length)
    {
        if (_length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * (_length + length));
        }
    }
}
