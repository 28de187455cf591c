namespace PaymentEngine.Host;

/// <summary>Runs the engine until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var host = await EngineHost.BuildAsync(settings);
        await using var app = host.App;
        await app.StartAsync();
        Welcome.Print(Console.Out, host);
        ReadyFile.Write(host);
        await app.WaitForShutdownAsync();
        return 0;
    });
}
