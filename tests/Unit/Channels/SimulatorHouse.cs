using System.Text;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Tests.Unit.Support;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>
/// A simulated institution with a journal of its own, which can be closed and opened again: inside the test's process,
/// or really behind a port of this machine.
/// </summary>
internal sealed class SimulatorHouse : IDisposable
{
    public static readonly byte[] Secret = Encoding.UTF8.GetBytes("between the bank and us");

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("simulator-");
    private readonly BankServer? _server;

    public SimulatorHouse(int minLatencyMs = 0, int maxLatencyMs = 0, bool overHttp = false, string profile = "calm", int maximumParallel = 256)
    {
        Options = new SimulatorOptions
        {
            JournalPath = Path.Combine(_folder.FullName, "journal.jsonl"),
            MinLatencyMs = minLatencyMs,
            MaxLatencyMs = maxLatencyMs,
            RetentionMinutes = 60,
            Profile = profile,
        };
        if (!overHttp)
        {
            Bank = SimulatedBank.Open(Options, Clock, Callbacks.TakeAsync);
            return;
        }

        Callbacks.Listen();
        var options = new BankServerOptions
        {
            Urls = "http://127.0.0.1:0",
            Secret = Secret,
            CallbackPattern = Callbacks.Pattern,
            MaximumParallel = maximumParallel,
            Bank = Options,
        };
        Bank = SimulatedBank.Open(new SimulatorOptions(), Clock);
        _server = BankServer.StartAsync(options, Clock).GetAwaiter().GetResult();
        Connections.Endpoint = _server.Address;
    }

    public FakeClock Clock { get; } = new();

    public SimulatorOptions Options { get; }

    public SimulatedBank Bank { get; private set; }

    public Lines Connections { get; } = new();

    public CallbackCatcher Callbacks { get; } = new();

    public SimulatorChannel Channel => new(Bank, Connections, new KnownCodes(), Clock);

    public string Folder => _folder.FullName;

    public string JournalPath => Options.JournalPath!;

    public SimulatorJournal Journal => SimulatorJournal.Read(JournalPath);

    public static BankRequest Order(string number, string payer = "payer", long minor = 8_800) =>
        new(number, 7, new Money(minor, Currency.Parse("CNY")), payer);

    public Task<BankAnswer> Pay(BankRequest request) => Answered(Bank.PayAsync(request));

    public Task<BankAnswer> Query(string number) => Answered(Bank.QueryAsync(number, 7));

    public Task CloseAsync() => Bank.DisposeAsync().AsTask();

    public void Open() => Bank = SimulatedBank.Open(Options, Clock, Callbacks.TakeAsync);

    public async Task RestartAsync()
    {
        await CloseAsync();
        Open();
    }

    public void Dispose()
    {
        _server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Callbacks.Dispose();
        CloseAsync().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Lets time pass until the bank has answered: at most a second, in which nothing accepted falls due. Over a wire
    /// calls arrive when they like, and the time that callbacks have moved on by then must not be all there is.
    /// </summary>
    public Task WhileItWorks(Task call) => Clock.RunUntilDone(call, TimeSpan.FromSeconds(_server is null ? 1 : 60));

    /// <summary>Lets time pass until the institution has told of the order, as the engine would receive it.</summary>
    public async Task<CallbackRequest> CallbackOf(string number)
    {
        var callback = Callbacks.Of(number, Clock);
        await Clock.RunUntilDone(callback, TimeSpan.FromMinutes(5));
        return await callback;
    }

    private async Task<BankAnswer> Answered(Task<BankAnswer> call)
    {
        await WhileItWorks(call);
        return await call;
    }

    /// <summary>One line for all channels.</summary>
    internal sealed class Lines : IChannelConnections
    {
        public Uri? Endpoint { get; set; }

        public ChannelConnection Of(int channelId) => new(1, "line", Endpoint, Secret, 100, 1_000, 1_000);
    }
}
