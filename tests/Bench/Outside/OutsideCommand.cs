using System.Text.Json;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Outside;

/// <summary>The hidden command `outside`: the institution and the merchant's receiver as a process of their own.</summary>
internal static class OutsideCommand
{
    public const string Ready = "ready";

    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var line = Console.In.ReadLine() ?? throw new InvalidDataException("no options on standard input");
        var options = JsonSerializer.Deserialize<OutsideOptions>(line) ?? throw new InvalidDataException("no options on standard input");
        using var loop = new OutsideLoop(options);
        Console.Out.WriteLine(Ready);
        loop.Run(new GeneratorCommands(Console.In), figures => Console.Out.WriteLine(JsonSerializer.Serialize(figures)), cancellation);
        return Task.FromResult(0);
    }
}
