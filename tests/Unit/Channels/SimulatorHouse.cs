using System.Diagnostics;
using System.Text;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Tests.Unit.Support;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>
/// A simulated institution with a journal of its own, which can be closed and opened again: inside the test's process,
/// or really behind a port of this machine.
/// </summary>
internal sealed class SimulatorHouse : IDisposable
{
    public static readonly byte[] Secret = Encoding.UTF8.GetBytes("between the bank and us");

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("simulator-");
    private BankServer? _server;

    public SimulatorHouse(int minLatencyMs = 0, int maxLatencyMs = 0, string profile = "calm")
    {
        Callbacks = new CallbackCatcher(Clock);
        Options = new SimulatorOptions
        {
            JournalPath = Path.Combine(_folder.FullName, "journal.jsonl"),
            MinLatencyMs = minLatencyMs,
            MaxLatencyMs = maxLatencyMs,
            RetentionMinutes = 60,
            Profile = profile,
        };
        Bank = SimulatedBank.Open(Options, Clock, Callbacks.TakeAsync);
    }

    public FakeClock Clock { get; } = new();

    public SimulatorOptions Options { get; }

    public SimulatedBank Bank { get; private set; }

    public Lines Connections { get; } = new();

    public CallbackCatcher Callbacks { get; }

    public SimulatorChannel Channel => new(Bank, Connections, new KnownCodes(), Clock);

    public string Folder => _folder.FullName;

    public string JournalPath => Options.JournalPath!;

    public SimulatorJournal Journal => SimulatorJournal.Read(JournalPath);

    public static BankRequest Order(string number, string payer = "payer", long minor = 8_800) =>
        new(number, 7, new Money(minor, Currency.Parse("CNY")), payer);

    /// <summary>Closes the bank inside the process and opens it behind a port, with the same journal.</summary>
    public async Task MoveBehindAPortAsync(int maximumParallel = 256)
    {
        await CloseAsync();
        await Callbacks.ListenAsync();
        var options = new BankServerOptions
        {
            Urls = "http://127.0.0.1:0",
            Secret = Secret,
            CallbackPattern = Callbacks.Pattern,
            MaximumParallel = maximumParallel,
            Bank = Options,
        };
        _server = await BankServer.StartAsync(options, Clock);
        Connections.Endpoint = _server.Address;
    }

    /// <summary>Behind its port it signs with this from now on.</summary>
    public Task RotateKeyAsync(byte[] next) => _server!.RotateKeyAsync(next);

    public Task<BankAnswer> Pay(BankRequest request) => Answered(Bank.PayAsync(request));

    public Task<BankAnswer> Query(string number) => Answered(Bank.QueryAsync(number, 7));

    public Task CloseAsync() => Bank.DisposeAsync().AsTask();

    public void Open() => Bank = SimulatedBank.Open(Options, Clock, Callbacks.TakeAsync);

    public async Task RestartAsync()
    {
        await CloseAsync();
        Open();
    }

    /// <summary>Closes the port; before <see cref="Dispose"/>.</summary>
    public async Task StopServingAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await Callbacks.DisposeAsync();
    }

    public void Dispose()
    {
        CloseAsync().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Lets time pass until the bank has answered: a second at a time, in which nothing accepted falls due. Over a wire
    /// an answer may be on its way for longer.
    /// </summary>
    public Task WhileItWorks(Task call) => Clock.RunUntilDone(call, TimeSpan.FromSeconds(_server is null ? 1 : 60));

    /// <summary>Lets time pass until the institution has told of the order, as the engine would receive it.</summary>
    public async Task<CallbackRequest> CallbackOf(string number)
    {
        var callback = Callbacks.Of(number);
        await Clock.RunUntilDone(callback, TimeSpan.FromMinutes(5));
        return await callback;
    }

    /// <summary>What happens behind a port, or on another thread, shows in the journal when it shows.</summary>
    public async Task UntilJournal(Func<SimulatorJournal, bool> says)
    {
        for (var patience = Stopwatch.StartNew(); !says(Journal); await Task.Delay(5))
        {
            Assert.InRange(patience.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>What came over a wire by then, as the channel reads it.</summary>
    public async Task<IReadOnlyList<CallbackReading>> UntilCalledBack(Func<IReadOnlyList<CallbackReading>, bool> says)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(5))
        {
            var readings = Callbacks.All.Select(Channel.ReadCallback).ToList();
            if (says(readings))
            {
                return readings;
            }

            Assert.InRange(patience.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
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

        public byte[] Secret { get; set; } = SimulatorHouse.Secret;

        public ChannelConnection Of(int channelId) => new(1, "line", Endpoint, Secret, 100, 1_000, 1_000);
    }
}
