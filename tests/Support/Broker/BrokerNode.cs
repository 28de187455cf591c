using System.Diagnostics;
using System.Text.RegularExpressions;
using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Broker;

/// <summary>A RabbitMQ node in a directory, made by scripts/rabbitmq.</summary>
public sealed partial class BrokerNode(string directory)
{
    private int _hosts;

    private string _connection = string.Empty;

    /// <summary>Starts the node, or finds it running.</summary>
    public async Task StartAsync() => _connection = (await ScriptAsync("start")).Trim();

    public Task StopAsync() => ScriptAsync("stop");

    /// <summary>kill -9.</summary>
    public Task KillAsync() => ScriptAsync("kill");

    /// <summary>Deletes all that the node knew, itself included; it must not run.</summary>
    public Task EmptyAsync() => ScriptAsync("empty");

    public Task DestroyAsync() => ScriptAsync("destroy");

    /// <summary>Stops the node where it stands: connections stay, and it answers nothing.</summary>
    public async Task FreezeAsync() => await Signals.SendAsync("STOP", await PidAsync());

    public async Task ThawAsync() => await Signals.SendAsync("CONT", await PidAsync());

    /// <summary>A virtual host of its own. Left where it is: the node goes, or is used again by a run with other names.</summary>
    public async Task<VirtualHost> CreateHostAsync()
    {
        var name = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref _hosts)}";
        await AddHostAsync(name);
        return new VirtualHost(this, name, _connection + name);
    }

    /// <summary>Adds it again, after the node was emptied.</summary>
    public Task AddHostAsync(string name) => ControlAsync(
        "eval",
        $"ok = rabbit_vhost:add(<<\"{name}\">>, <<\"engine\">>), "
        + $"rabbit_auth_backend_internal:set_permissions(<<\"engine\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"engine\">>).");

    public async Task RemoveHostAsync(string name) => await ControlAsync("delete_vhost", name);

    /// <summary>rabbitmqctl.</summary>
    public Task<string> ControlAsync(params string[] arguments) => ScriptAsync("ctl", arguments);

    private async Task<int> PidAsync() => int.Parse(Pid().Match(await ScriptAsync("status")).ValueSpan);

    private async Task<string> ScriptAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "rabbitmq"), [command, directory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var output = new ProcessOutput(script);
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? output.Output
            : throw new InvalidOperationException($"scripts/rabbitmq {command} ended with {script.ExitCode}: {output.Errors}");
    }

    [GeneratedRegex(@"(?<=pid )\d+")]
    private static partial Regex Pid();
}

/// <summary>A name space on a node: queues, exchanges and connections of one test.</summary>
public sealed record VirtualHost(BrokerNode Node, string Name, string ConnectionString) : IAsyncDisposable
{
    /// <summary>One line per queue.</summary>
    public async Task<string[]> QueuesAsync(params string[] columns) =>
        (await Node.ControlAsync(["list_queues", "--no-table-headers", "-p", Name, .. columns]))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What waits in a queue, delivered or not.</summary>
    public async Task<int> WaitingAsync(string queue) => int.Parse(
        (await QueuesAsync("name", "messages")).Single(line => line.StartsWith(queue + "\t", StringComparison.Ordinal)).Split('\t')[1]);

    /// <summary>Cuts every connection to this virtual host.</summary>
    public Task CutConnectionsAsync() => Node.ControlAsync("close_all_connections", "-p", Name, "cut by a test");

    public async ValueTask DisposeAsync() => await Node.RemoveHostAsync(Name);
}
