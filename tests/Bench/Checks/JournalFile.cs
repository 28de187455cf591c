using System.Text;
using System.Text.Json;

namespace PaymentEngine.Bench.Checks;

/// <summary>What the institution itself recorded about one order.</summary>
internal sealed class InstitutionRecord
{
    public DateTimeOffset? ReceivedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public int Received { get; private set; }
    public int Executed { get; private set; }

    public void Add(string @event, DateTimeOffset at)
    {
        switch (@event)
        {
            case "received":
                ReceivedAt ??= at;
                Received++;
                break;
            case "executed":
                Executed++;
                break;
            case "answered":
                AnsweredAt = at;
                break;
        }
    }
}

/// <summary>The simulated institution's journal, one JSON object per line.</summary>
internal static class JournalFile
{
    /// <summary>The records of these numbers. There are millions of lines, so only those that matter are parsed.</summary>
    public static Dictionary<string, InstitutionRecord> Read(string path, IEnumerable<string> numbers)
    {
        var records = numbers.ToDictionary(number => number, _ => new InstitutionRecord());
        var wanted = records.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            if (wanted.TryGetValue(NumberIn(line), out var record))
                Add(record, line);
        }

        return records;
    }

    private static ReadOnlySpan<char> NumberIn(ReadOnlySpan<char> line)
    {
        const string name = "\"number\":\"";
        var at = line.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
            return default;
        var value = line[(at + name.Length)..];
        var end = value.IndexOf('"');
        return end < 0 ? default : value[..end];
    }

    private static void Add(InstitutionRecord record, string line)
    {
        using var json = JsonDocument.Parse(line);
        record.Add(json.RootElement.GetProperty("event").GetString()!, json.RootElement.GetProperty("at").GetDateTimeOffset());
    }
}
