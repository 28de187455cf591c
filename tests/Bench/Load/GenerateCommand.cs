using System.Net;
using System.Text.Json;

namespace PaymentEngine.Bench.Load;

/// <summary>The hidden command `generate`: the load generator as a process of its own.</summary>
internal static class GenerateCommand
{
    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var line = Console.In.ReadLine() ?? throw new InvalidDataException("no options on standard input");
        var options = JsonSerializer.Deserialize<GeneratorOptions>(line)
            ?? throw new InvalidDataException("no options on standard input");
        Console.Out.WriteLine(JsonSerializer.Serialize(Run(options, new GeneratorCommands(Console.In), cancellation)));
        return Task.FromResult(0);
    }

    private static GeneratorResult Run(GeneratorOptions options, GeneratorCommands commands, CancellationToken cancellation)
    {
        var address = new Uri(options.Address);
        var server = new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
        var tally = new Tally();
        using var epoll = new Epoll();
        using var acknowledged = new AcknowledgedTrades(options.AcknowledgedPath);
        using var watch = new PaidWatch(options, server, epoll, tally);
        using var submit = new SubmitLoad(options, server, epoll, tally, acknowledged, watch);
        return new LoadLoop(options.Connections, epoll, submit, watch, tally, commands).Run(cancellation);
    }
}
