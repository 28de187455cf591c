using System.Collections.Concurrent;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core.Units;
using PaymentEngine.Tests.Support.Postgres;
using PaymentEngine.Tests.Unit.Support;
using Xunit;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// What outlives an engine: its database, the institution with its journal, and time. Nodes are started on it, crash
/// and are started again.
/// </summary>
public sealed class EngineWorld : IAsyncLifetime
{
    private readonly List<EngineRig> _nodes = [];

    /// <summary>The institution's, which puts a lock beside its journal and leaves it there.</summary>
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("engine-test-");

    public TestDatabase Database { get; private set; } = null!;

    internal FakeClock Clock { get; } = new(TestDatabase.Morning);

    internal SimulatedBank Bank { get; private set; } = null!;

    /// <summary>Where hosts are; nobody is asked outside the test.</summary>
    internal FakeHostNames HostNames { get; } = new();

    /// <summary>How many notifications merchants' systems hold without answering: only time can end those.</summary>
    public Func<int> HeldByMerchants { get; set; } = () => 0;

    /// <summary>How the nodes that are started from now on choose channels; null for the engine's own way.</summary>
    public IChannelChoice? Choice { get; set; }

    internal ErrorLog Log { get; } = new();

    internal ConcurrentDictionary<string, bool> HeardByTheBank { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    private string JournalPath => Path.Combine(_directory.FullName, "bank.jsonl");

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();

        // Whatever takes time takes the test's time.
        Bank = SimulatedBank.Open(new SimulatorOptions { MinLatencyMs = 0, MaxLatencyMs = 0, JournalPath = JournalPath }, Clock);
    }

    public async Task DisposeAsync()
    {
        await Bank.DisposeAsync();
        _directory.Delete(recursive: true);
        await Database.DisposeAsync();
    }

    /// <summary>One more node on this database.</summary>
    public async Task<EngineRig> StartAsync()
    {
        var node = await EngineRig.StartAsync(this, $"node-{_nodes.Count + 1}");
        _nodes.Add(node);
        return node;
    }

    /// <summary>A process on this database that runs a channel application and nothing else (C16).</summary>
    public async Task<EngineRig> StartApplicationAsync(string application)
    {
        var node = await EngineRig.StartAsync(this, $"{application}-{_nodes.Count + 1}", application);
        _nodes.Add(node);
        return node;
    }

    public async Task StopAllAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    /// <summary>What truly happened.</summary>
    public SimulatorJournal Journal() => SimulatorJournal.Read(JournalPath);
}
