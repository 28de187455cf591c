namespace PaymentEngine.Host;

/// <summary>Runs the engine, or a channel application, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Task<int> RunAsync(Dictionary<string, string?> settings, HostRole role) => Failure.GuardAsync(async () =>
    {
        var host = await EngineHost.BuildAsync(settings, role);
        await using var app = host.App;
        await app.StartAsync();
        Welcome.Print(Console.Out, host);
        ReadyFile.Write(host);
        await app.WaitForShutdownAsync();
        return 0;
    });
}
