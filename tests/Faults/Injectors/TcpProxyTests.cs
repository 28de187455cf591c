using System.Diagnostics;
using PaymentEngine.Tests.Support.Faults;
using static PaymentEngine.Tests.Faults.Injectors.LineClient;

namespace PaymentEngine.Tests.Faults.Injectors;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly LineServer _server = LineServer.Start();
    private readonly TcpProxy _proxy;

    public TcpProxyTests() => _proxy = TcpProxy.Open("127.0.0.1", _server.Port);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_said_passes_in_both_directions()
    {
        using var client = await ConnectAsync();
        var large = new string('x', 1_000_000);

        Assert.Equal("re: a", await client.AskAsync("a"));
        Assert.Equal("re: " + large, await client.AskAsync(large));
    }

    [Fact]
    public async Task A_wire_that_refuses_ends_all_connections_until_it_is_healed()
    {
        using var open = await ConnectAsync();
        await open.AskAsync("a");

        _proxy.Mode = new WireMode.Refuse();

        Assert.Equal(Cut, await open.HearAsync());
        Assert.Equal(Cut, await AskOnceAsync(_proxy.Port, "b"));
        await HealAsync();
        Assert.Equal(["a", "c"], _server.Asked);
    }

    [Fact]
    public async Task A_black_hole_gives_back_what_it_swallowed_when_it_closes()
    {
        using var open = await ConnectAsync();
        await open.AskAsync("a");
        using var leaving = await ConnectAsync();
        await leaving.AskAsync("b");

        _proxy.Mode = new WireMode.BlackHole();

        var heard = open.AskAsync("c");
        using var late = await ConnectAsync();
        var heardLate = late.AskAsync("d");
        leaving.Dispose();
        // The only way to see that nothing comes is to give it the time to.
        await Task.Delay(200);
        Assert.False(heard.IsCompleted || heardLate.IsCompleted);
        Assert.Equal(["a", "b"], _server.Asked);
        Assert.Equal(2, _server.Open);

        _proxy.Mode = new WireMode.Pass();

        Assert.Equal(("re: c", "re: d"), (await heard, await heardLate));
        await Eventually.BecomesTrueAsync(() => _server.Open == 2, "the server notices that one client left and another came");
    }

    [Fact]
    public async Task A_slow_wire_delays_each_way()
    {
        using var client = await ConnectAsync();
        _proxy.Mode = new WireMode.Delay(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();

        Assert.Equal("re: a", await client.AskAsync("a"));

        Assert.True(watch.ElapsedMilliseconds >= 95, $"there and back in {watch.Elapsed}");
    }

    [Theory]
    [InlineData(0, "|")]
    [InlineData(1, "r|")]
    [InlineData(5, "re: a|")]
    public async Task A_wire_is_cut_after_so_many_bytes_from_the_server(int bytes, string heard)
    {
        using var client = await ConnectAsync();
        await client.AskAsync("before");

        _proxy.Mode = new WireMode.CutAfter(bytes, Side.Server);

        Assert.Equal(heard, await client.AskAsync("a"));
        Assert.Equal(["before", "a"], _server.Asked);
        await HealAsync();
    }

    [Fact]
    public async Task A_wire_is_cut_after_so_many_bytes_to_the_server()
    {
        using var client = await ConnectAsync();
        _proxy.Mode = new WireMode.CutAfter(4, Side.Client);

        Assert.Equal("re: a", await client.AskAsync("a"));

        Assert.Equal(Cut, await client.AskAsync("bcd"));
        await Eventually.BecomesTrueAsync(() => _server.Open == 0, "the server's side is cut too");
        Assert.Equal(["a", "bc"], _server.Asked);
        await HealAsync();
    }

    [Fact]
    public async Task Only_the_answer_is_cut()
    {
        using var open = await ConnectAsync();
        Assert.Equal("re: a", await open.AskAsync("a"));

        _proxy.Mode = new WireMode.CutAnswer(After: 1);

        Assert.Equal("re: b", await open.AskAsync("b"));
        Assert.Equal(Cut, await open.AskAsync("c"));
        using var late = await ConnectAsync();
        Assert.Equal("re: d", await late.AskAsync("d"));
        Assert.Equal(Cut, await late.AskAsync("e"));
        Assert.Equal(["a", "b", "c", "d", "e"], _server.Asked);
        await HealAsync();
    }

    [Fact]
    public async Task Connections_are_cut_and_new_ones_made()
    {
        using var client = await ConnectAsync();
        await client.AskAsync("a");

        _proxy.CutAll();

        Assert.Equal(Cut, await client.HearAsync());
        await Eventually.BecomesTrueAsync(() => _server.Open == 0, "the server's side is cut too");
        await HealAsync();
    }

    [Fact]
    public async Task A_server_that_is_away_ends_the_connection()
    {
        await _server.DisposeAsync();
        using var client = await ConnectAsync();

        Assert.Equal(Cut, await client.AskAsync("a"));
    }

    [Fact]
    public void The_same_seed_hurts_in_the_same_ways()
    {
        string[] Names(int seed) => [.. WireFaults.Of("a wire", _proxy, new Random(seed)).Select(fault => fault.Name)];

        Assert.Equal(Names(1), Names(1));
        Assert.NotEqual(Names(1), Names(2));
    }

    [Fact]
    public async Task Every_fault_hurts_and_is_healed()
    {
        foreach (var fault in WireFaults.Of("a wire", _proxy, new Random(1)))
        {
            await fault.InflictAsync();
            await fault.HealAsync();
            await HealAsync();
        }
    }

    private Task<LineClient> ConnectAsync() => LineClient.ConnectAsync(_proxy.Port);

    private async Task HealAsync()
    {
        _proxy.Mode = new WireMode.Pass();
        Assert.Equal("re: c", await AskOnceAsync(_proxy.Port, "c"));
    }
}
