namespace PaymentEngine.Tests.Faults;

/// <summary>Two engines on one database, each at its address; what is killed is started again there.</summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private readonly EngineSettings[] _settings;
    private readonly EngineProcess?[] _engines;

    private EnginePair(EngineSettings[] settings) => (_settings, _engines) = (settings, new EngineProcess?[settings.Length]);

    public static async Task<EnginePair> StartAsync(EngineSettings one, EngineSettings other)
    {
        var pair = new EnginePair([one, other]);
        await pair.RestartAsync();
        return pair;
    }

    public async Task KillAsync(int which)
    {
        if (_engines[which] is { } engine)
        {
            _engines[which] = null;
            await engine.KillAsync();
            await engine.DisposeAsync();
        }
    }

    /// <summary>Whichever does not run.</summary>
    public async Task RestartAsync()
    {
        for (var which = 0; which < _engines.Length; which++)
        {
            Assert.False(_engines[which]?.HasEnded ?? false, _engines[which]?.Output);
            _engines[which] ??= await EngineProcess.StartAsync(_settings[which]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync(0);
        await KillAsync(1);
    }
}
