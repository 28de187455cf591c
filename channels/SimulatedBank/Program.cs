using PaymentEngine.Channels.Simulator;

BankServerOptions options;
try
{
    options = BankCommandLine.Parse(args);
}
catch (Exception wrong) when (wrong is FormatException or OverflowException)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n{BankCommandLine.Usage}");
    return 2;
}

await using var server = await BankServer.StartAsync(options, TimeProvider.System);
Console.WriteLine($"simulated bank ready at {server.Address} profile {options.Bank.Profile} seed {options.Bank.Seed} speed {options.Bank.Speed}");
await server.WaitAsync();
return 0;
