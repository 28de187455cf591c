using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Tests.Unit.Support;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>A simulated institution with a journal of its own, which can be closed and opened again.</summary>
internal sealed class SimulatorHouse : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("simulator-");

    public SimulatorHouse(int minLatencyMs = 0, int maxLatencyMs = 0)
    {
        Options = new SimulatorOptions
        {
            JournalPath = Path.Combine(_folder.FullName, "journal.jsonl"),
            MinLatencyMs = minLatencyMs,
            MaxLatencyMs = maxLatencyMs,
            RetentionMinutes = 60,
        };
        Bank = SimulatedBank.Open(Options, Clock);
    }

    public FakeClock Clock { get; } = new();

    public SimulatorOptions Options { get; }

    public SimulatedBank Bank { get; private set; }

    public SimulatorChannel Channel => new(Bank);

    public string Folder => _folder.FullName;

    public string JournalPath => Options.JournalPath!;

    public SimulatorJournal Journal => SimulatorJournal.Read(JournalPath);

    public static BankRequest Order(string number, string payer = "payer", long minor = 8_800) =>
        new(number, 7, new Money(minor, Currency.Parse("CNY")), payer);

    public Task<BankAnswer> Pay(BankRequest request) => Answered(Bank.PayAsync(request));

    public Task<BankAnswer> Query(string number) => Answered(Bank.QueryAsync(number, 7));

    public Task CloseAsync() => Bank.DisposeAsync().AsTask();

    public void Open() => Bank = SimulatedBank.Open(Options, Clock);

    public async Task RestartAsync()
    {
        await CloseAsync();
        Open();
    }

    public void Dispose()
    {
        CloseAsync().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    /// <summary>Lets time pass until the bank has answered: at most a second, in which nothing accepted falls due.</summary>
    public Task WhileItWorks(Task call) => Clock.RunUntilDone(call, TimeSpan.FromSeconds(1));

    private async Task<BankAnswer> Answered(Task<BankAnswer> call)
    {
        await WhileItWorks(call);
        return await call;
    }
}
