using System.Net.Sockets;
using Npgsql;
using PaymentEngine.Bench.InProcess;
using PaymentEngine.Bench.Ledger;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Bench.Outside;
using PaymentEngine.Bench.Payments;
using PaymentEngine.Bench.Replay;
using PaymentEngine.Bench.Routing;
using PaymentEngine.Bench.Scripts;
using PaymentEngine.Bench.Unknown;

const int Failed = 1;
const int Misused = 2;
const int Interrupted = 130;

const string usage = PaymentsOptions.Usage + "\n\n" + InProcessOptions.Usage + "\n\n" + UnknownOptions.Usage + "\n\n" + LedgerBenchOptions.Usage
    + "\n\n" + RoutingOptions.Usage + "\n\n" + ScriptsCommand.Usage + "\n\n" + ReplayCommand.Usage;

var commands = new Dictionary<string, Func<string[], CancellationToken, Task<int>>>
{
    ["payments"] = PaymentsCommand.RunAsync,
    ["engine"] = InProcessCommand.RunAsync,
    ["unknown"] = UnknownCommand.RunAsync,
    ["ledger"] = LedgerCommand.RunAsync,
    ["routing"] = RoutingCommand.RunAsync,
    ["scripts"] = ScriptsCommand.RunAsync,
    ["replay"] = ReplayCommand.RunAsync,
    // The benchmarks start these; nobody else needs them.
    ["generate"] = GenerateCommand.RunAsync,
    ["outside"] = OutsideCommand.RunAsync,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine(usage);
    return Misused;
}

using var interruption = new Interruption();
try
{
    return await command(args[1..], interruption.Token);
}
catch (Exception) when (interruption.Token.IsCancellationRequested)
{
    // Ctrl-C reaches the children too, so what fails first on the way out is a matter of chance.
    Console.Error.WriteLine("interrupted; everything that was started is stopped");
    return Interrupted;
}
catch (FormatException misuse)
{
    Console.Error.WriteLine($"{misuse.Message}\n{usage}");
    return Misused;
}
catch (Exception failure) when (failure is InvalidOperationException or SocketException or HttpRequestException or NpgsqlException)
{
    // A child that failed, with its own last words, or a server that went away: a stack trace would say less.
    Console.Error.WriteLine(failure.Message);
    return Failed;
}
