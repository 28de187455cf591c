namespace PaymentEngine.Channels.Simulator;

/// <summary>The institution's own record, read as the truth that the engine is judged by.</summary>
public sealed class SimulatorJournal
{
    private readonly Dictionary<string, int> _executions = [];

    private SimulatorJournal(List<JournalEntry> entries)
    {
        Entries = entries;
        foreach (var entry in entries.Where(entry => entry.Event == JournalEvent.Executed))
        {
            _executions[entry.Number] = Executions(entry.Number) + 1;
        }
    }

    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>How many numbers were executed.</summary>
    public int ExecutedNumbers => _executions.Count;

    /// <summary>Numbers for which money moved more than once: there must be none.</summary>
    public IEnumerable<string> ExecutedAgain => _executions.Where(pair => pair.Value > 1).Select(pair => pair.Key);

    /// <summary>The whole journal in memory; also while the institution is writing it.</summary>
    public static SimulatorJournal Read(string path) => new([.. JournalLines.Read(path)]);

    /// <summary>Line after line in bounded memory, for journals of millions.</summary>
    public static IEnumerable<JournalEntry> Stream(string path) => JournalLines.Read(path);

    public IEnumerable<JournalEntry> Of(string number) => Entries.Where(entry => entry.Number == number);

    public int Executions(string number) => _executions.GetValueOrDefault(number);

    public bool ExecutedOnce(string number) => Executions(number) == 1;

    public int Count(JournalEvent what) => Entries.Count(entry => entry.Event == what);
}
