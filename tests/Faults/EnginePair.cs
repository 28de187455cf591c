using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// Two engines on one database, each at its address; what was killed, or has killed itself where it was to, is started again
/// there. One of them at most is sentenced to a failpoint, so that whoever asks again is answered in the end.
/// </summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private readonly EngineSettings[] _settings;
    private readonly EngineProcess?[] _engines;

    private EnginePair(EngineSettings[] settings) => (_settings, _engines) = (settings, new EngineProcess?[settings.Length]);

    /// <summary>How often one was sentenced.</summary>
    public int Sentenced { get; private set; }

    /// <summary>How often one has met its failpoint.</summary>
    public int Met { get; private set; }

    /// <summary>One of them is still on its way to its failpoint.</summary>
    public bool AwaitsDeath => _engines.Zip(_settings).Any(node => node.First is { HasEnded: false } && IsSentenced(node.Second));

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
            var hasEnded = engine.HasEnded;
            _engines[which] = null;
            _settings[which].Environment[Failpoints.Variable] = null;
            await engine.KillAsync();
            await engine.DisposeAsync();
            Assert.True(!hasEnded || HasMet(engine.Output), engine.Output);
        }
    }

    /// <summary>Whichever does not run.</summary>
    /// <param name="sentence">Where one of those is to die, with which pass; null when it lives.</param>
    public async Task RestartAsync(string? sentence = null)
    {
        for (var which = 0; which < _engines.Length; which++)
        {
            if (_engines[which] is { HasEnded: true })
            {
                await KillAsync(which);
            }
        }

        for (var which = 0; which < _engines.Length; which++)
        {
            if (_engines[which] is null)
            {
                _settings[which].Environment[Failpoints.Variable] = Array.Exists(_settings, IsSentenced) ? null : sentence;
                Sentenced += IsSentenced(_settings[which]) ? 1 : 0;
                _engines[which] = await StartAsync(_settings[which]);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.OfType<EngineProcess>())
        {
            await engine.DisposeAsync();
        }
    }

    private static bool IsSentenced(EngineSettings settings) => settings.Environment.GetValueOrDefault(Failpoints.Variable) is not null;

    private bool HasMet(string output)
    {
        var hasMet = output.Contains(" pass ", StringComparison.Ordinal);
        Met += hasMet ? 1 : 0;
        return hasMet;
    }

    /// <summary>People ask as soon as it listens, so it may be dead before it has said that it is ready.</summary>
    private async Task<EngineProcess> StartAsync(EngineSettings settings)
    {
        try
        {
            return await EngineProcess.StartAsync(settings);
        }
        catch (EngineNotReadyException early) when (IsSentenced(settings) && HasMet(early.Output))
        {
            settings.Environment[Failpoints.Variable] = null;
            return await EngineProcess.StartAsync(settings);
        }
    }
}
