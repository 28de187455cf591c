using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace PaymentEngine.Channels.Simulator;

/// <summary>The journal as a file of lines. What follows the last line end was never finished and is not looked at.</summary>
internal static class JournalLines
{
    private const int ChunkBytes = 1 << 16;

    private const byte LineEnd = (byte)'\n';

    /// <summary>The length of the file up to and including its last line end.</summary>
    public static long WholeLength(SafeFileHandle file)
    {
        var chunk = new byte[ChunkBytes];
        for (var end = RandomAccess.GetLength(file); end > 0;)
        {
            var start = Math.Max(0, end - ChunkBytes);
            var read = RandomAccess.Read(file, chunk.AsSpan(0, (int)(end - start)), start);
            var lineEnd = chunk.AsSpan(0, read).LastIndexOf(LineEnd);
            if (lineEnd >= 0)
            {
                return start + lineEnd + 1;
            }

            end = start;
        }

        return 0;
    }

    /// <summary>Reads line after line in bounded memory. A whole line that cannot be read means the truth is gone: it throws.</summary>
    public static IEnumerable<JournalEntry> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[ChunkBytes];
        var (filled, lines) = (0, 0);
        while (file.Read(buffer, filled, buffer.Length - filled) is > 0 and var read)
        {
            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf(LineEnd) is >= 0 and var length)
            {
                yield return Parse(buffer.AsSpan(start, length), path, ++lines);
                start += length + 1;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static JournalEntry Parse(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry)
                ?? throw new InvalidDataException($"{path}, line {number} is null");
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"{path}, line {number}: {unreadable.Message}", unreadable);
        }
    }
}
