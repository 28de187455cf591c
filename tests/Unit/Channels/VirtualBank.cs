using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>The institution without threads and sockets, in a time of its own.</summary>
internal sealed class VirtualBank : IBankOutlet, IBankJournal
{
    private readonly BankCore _core;
    private readonly Dictionary<BankCall, BankAnswer?> _answers = [];
    private readonly List<JournalEntry> _journal = [];

    public VirtualBank(SimulatorOptions options, DateTimeOffset? opened = null)
    {
        Now = opened ?? new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        _core = new BankCore(options, Now, this, this, callsBack: true);
    }

    public DateTimeOffset Now { get; private set; }

    public SimulatorJournal Journal => new(_journal);

    /// <summary>The callbacks that were sent, and when.</summary>
    public List<(DateTimeOffset At, BankCallback Callback)> Sent { get; } = [];

    /// <summary>Whether a callback is answered with <c>success</c>; by default as a careful engine would.</summary>
    public Func<BankCallback, bool> Acknowledges { get; set; } = callback => callback.Told.Flaw == BankFlaw.None;

    /// <summary>A number that suffers this and nothing else.</summary>
    public static string NumberWith(Misbehaviour what, SimulatorOptions options)
    {
        var fates = new Fates(options.Profile, options.Seed);
        return Enumerable.Range(1, 1_000_000).Select(number => $"{number:D12}").First(number => fates.Of(number) == default(Fate).And(what));
    }

    /// <summary>A number that suffers nothing.</summary>
    public static string GoodNumber(SimulatorOptions options)
    {
        var fates = new Fates(options.Profile, options.Seed);
        return Enumerable.Range(1, 1_000_000).Select(number => $"{number:D12}").First(number => fates.Of(number).IsGood);
    }

    /// <summary>The answer within ten seconds; null when there is none.</summary>
    public BankAnswer? Call(BankCall call)
    {
        _core.Receive(call, Now);
        for (var patience = Now.AddSeconds(10); !_answers.ContainsKey(call) && _core.NextDue is { } due && due <= patience;)
        {
            RunUntil(due);
        }

        return _answers.GetValueOrDefault(call);
    }

    public BankAnswer? Pay(string number, string payer = "payer", int channel = 8) =>
        Call(new BankCall(new BankRequest(number, channel, Yuan(8_800), payer)));

    public BankAnswer? Refund(string number, string original, long minor = 8_800) =>
        Call(new BankCall(new BankRequest(number, 8, Yuan(minor), "", original)));

    public string? Query(string number) => Call(new BankCall(number, 8))?.Status;

    public void Run(TimeSpan time) => RunUntil(Now + time);

    void IBankOutlet.Answer(BankCall call, BankAnswer? answer) => _answers.Add(call, answer);

    void IBankOutlet.Send(BankCallback callback)
    {
        Sent.Add((Now, callback));
        _core.Acknowledge(callback, Acknowledges(callback), Now);
    }

    void IBankJournal.Note(JournalEntry entry) => _journal.Add(entry);

    private static Money Yuan(long minor) => new(minor, Currency.Parse("CNY"));

    private void RunUntil(DateTimeOffset until)
    {
        while (_core.NextDue is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            _core.Advance(Now);
        }

        Now = until > Now ? until : Now;
    }
}
