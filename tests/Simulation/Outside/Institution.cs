namespace PaymentEngine.Tests.Simulation.Outside;

/// <summary>The simulated institution, in the time of the run. Its journal is the truth.</summary>
internal sealed class Institution : IBankOutlet, IBankJournal
{
    private readonly World _world;
    private readonly BankCore _core;
    private readonly List<JournalEntry> _journal = [];

    public Institution(World world)
    {
        _world = world;
        _core = new BankCore(world.Facts.Bank, world.Now, this, this, callsBack: true);
    }

    public DateTimeOffset? NextDue => _core.NextDue;

    public SimulatorJournal Journal => new(_journal);

    public void Advance() => _core.Advance(_world.Now);

    public void Receive(WireCall call) => _core.Receive(call, _world.Now);

    public void Acknowledge(BankCallback callback, bool acknowledged) => _core.Acknowledge(callback, acknowledged, _world.Now);

    void IBankOutlet.Answer(BankCall call, BankAnswer? answer)
    {
        if (answer is { } said)
        {
            ((WireCall)call).Answered(said);
        }
    }

    void IBankOutlet.Send(BankCallback callback) => _world.Network.CallBack(callback);

    void IBankJournal.Note(JournalEntry entry)
    {
        _journal.Add(entry);
        _world.Trace?.Note($"  bank: {entry.Number} {entry.Event} {entry.AmountMinor} {entry.Status} {entry.Code} {entry.Suffered}");
    }
}

/// <summary>A call on its way to the institution, and what happens when the institution answers.</summary>
internal sealed class WireCall : BankCall
{
    public WireCall(BankRequest order, Action<BankAnswer> answered)
        : base(order) => Answered = answered;

    public WireCall(string number, int channel, Action<BankAnswer> answered)
        : base(number, channel) => Answered = answered;

    public Action<BankAnswer> Answered { get; }
}

/// <summary>What operations would say of the institution's documented codes.</summary>
internal sealed class Codes : IResultCodes
{
    public static readonly SimulatorMapping Mapping = new(new Codes());

    public CodeMeaning? Find(int channelId, ChannelInterface answeredBy, string code, string? subCode) => code switch
    {
        BankCode.InsufficientFunds or BankCode.NotRefundable => new CodeMeaning(CodeOutcome.Failed, "declined", CountsAgainstHealth: false),
        BankCode.SystemError or BankCode.Maintenance or BankCode.BankDown => new CodeMeaning(CodeOutcome.Unknown, "unavailable", CountsAgainstHealth: true),
        BankCode.DuplicateNumber or BankCode.RefundAbnormal => new CodeMeaning(CodeOutcome.Unknown, "in_progress", CountsAgainstHealth: false),
        _ => null,
    };
}
