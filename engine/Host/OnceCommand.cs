namespace PaymentEngine.Host;

/// <summary>Starts the engine, makes one payment over HTTP like any merchant, prints its journey, stops.</summary>
internal static class OnceCommand
{
    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        settings.TryAdd("Urls", "http://127.0.0.1:0");
        settings.TryAdd("Logging:LogLevel:Default", "Warning");
        var host = await EngineHost.BuildAsync(settings);
        await using var app = host.App;
        await app.StartAsync();
        if (host.DemoKey is not { } key)
        {
            await Console.Error.WriteLineAsync("payment-engine: --once needs the demo merchant; set Engine:DemoKeyFile");
            return 1;
        }

        var paid = await new FirstPayment(new Uri(host.Address), key).MakeAsync(Console.Out);
        await app.StopAsync();
        return paid ? 0 : 1;
    });
}
