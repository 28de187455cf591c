using PaymentEngine.Core;

namespace PaymentEngine.Channels.Simulator;

/// <summary>The institution's own record, read as the truth that the engine is judged by.</summary>
public sealed class SimulatorJournal
{
    private readonly ILookup<string, JournalEntry> _byNumber;
    private readonly Dictionary<string, int> _executions = [];

    /// <param name="entries">What was written down, from a file or from a bank that keeps it in memory.</param>
    public SimulatorJournal(IReadOnlyList<JournalEntry> entries)
    {
        Entries = entries;
        _byNumber = entries.ToLookup(entry => entry.Number);
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

    public IEnumerable<JournalEntry> Of(string number) => _byNumber[number];

    public int Executions(string number) => _executions.GetValueOrDefault(number);

    public bool ExecutedOnce(string number) => Executions(number) == 1;

    public int Count(JournalEvent what) => Entries.Count(entry => entry.Event == what);

    /// <summary>How much was taken for the number, each time.</summary>
    public IEnumerable<Money> Debits(string number) => Of(number).Where(entry => entry.Event == JournalEvent.Executed).Select(entry => entry.Amount());

    /// <summary>How much of the payment was given back, each time.</summary>
    public IEnumerable<Money> Refunds(string original) =>
        Entries.Where(entry => entry.Event == JournalEvent.Refunded && entry.Original == original).Select(entry => entry.Amount());

    /// <summary>What the institution did wrong with the number.</summary>
    public IEnumerable<Misbehaviour> Sufferings(string number) =>
        Of(number).Where(entry => entry.Suffered is not null).Select(entry => entry.Suffered!.Value).Distinct();
}
