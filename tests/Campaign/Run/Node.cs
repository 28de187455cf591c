using System.Text.Json;
using System.Text.Json.Nodes;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>
/// An engine that a supervisor keeps alive: whenever its process ends it is started again, at the same address. It dies
/// at one failpoint after the other, until it has met all that it was sentenced to.
/// </summary>
/// <param name="deaths">Begins with the one of the first process.</param>
internal sealed class Node(EngineSettings settings, int number, WallClock clock, IReadOnlyList<Death> deaths) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Queue<Death> _ahead = new(deaths.Skip(1));
    private readonly List<Failpoint> _met = [];
    private readonly List<string> _strangeEnds = [];
    private readonly List<EngineProcess> _processes = [];
    private EngineProcess? _engine;
    private Task? _keeping;
    private volatile Death? _next = deaths.Count > 0 ? deaths[0] : null;
    private volatile bool _isOver;
    private volatile bool _isKilled;

    public Uri Address => new(settings.Urls);

    public int Number => number;

    public EngineSettings Settings => settings;

    public WallClock Clock => clock;

    /// <summary>What the process that runs now will die of; null when it lives.</summary>
    public Death? Next => _next;

    /// <summary>Where its processes died.</summary>
    public IReadOnlyList<Failpoint> Met => _met;

    /// <summary>Ends that nobody was the cause of: there must be none.</summary>
    public IReadOnlyList<string> StrangeEnds => _strangeEnds;

    /// <summary>What its processes logged as errors, the last last.</summary>
    public IEnumerable<string> LoggedErrors => _processes
        .SelectMany(process => process.Output.Split('\n'))
        .Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)
            || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal))
        .Select(InShort);

    public bool IsUp => _engine is { HasEnded: false };

    /// <summary>Starts it, and from then on again and again.</summary>
    public void Keep() => _keeping ??= Task.Run(KeepAsync);

    /// <summary>It was not met in time, and is given up.</summary>
    public Task PardonAsync()
    {
        Advance();
        return KillAsync();
    }

    public async Task KillAsync()
    {
        _isKilled = true;
        if (_engine is { } engine)
        {
            await engine.KillAsync();
        }
    }

    public Task FreezeAsync() => _engine?.FreezeAsync() ?? Task.CompletedTask;

    public Task ThawAsync() => _engine?.ThawAsync() ?? Task.CompletedTask;

    /// <summary>Whether the process that runs now has said that it passes the point; it was stopped there.</summary>
    public bool IsStoppedAt(Failpoint point) => _engine is { HasEnded: false } engine && Said(engine.Errors, point);

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await KillAsync();
        await (_keeping ?? Task.CompletedTask);
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>What happened, and the first line of why.</summary>
    private static string InShort(string line)
    {
        try
        {
            var said = JsonNode.Parse(line)!;
            return $"{said["Category"]}: {said["Message"]} {((string?)said["Exception"])?.Split('\n')[0]}".TrimEnd();
        }
        catch (JsonException)
        {
            // Its process died over the line.
            return line;
        }
    }

    private static bool Said(string output, Failpoint point) => output.Contains($"failpoint {point} pass", StringComparison.Ordinal);

    private async Task KeepAsync()
    {
        while (!_isOver)
        {
            _isKilled = false;
            var death = _next;
            settings.Environment[Failpoints.Variable] = death is null ? null : FailpointNeeds.Spell(death);
            try
            {
                _engine = await EngineProcess.StartAsync(settings);
                _processes.Add(_engine);
                if (_isOver)
                {
                    await _engine.KillAsync();
                }

                await _engine.EndedAsync(CancellationToken.None);
                Ended(death, _engine.Errors, _engine.Output);
            }
            catch (EngineNotReadyException early)
            {
                // The database is away, or a failpoint of the start was met.
                if (!Meets(death, early.Output))
                {
                    await Task.Delay(Pause);
                }
            }
        }
    }

    private void Ended(Death? death, string errors, string output)
    {
        if (!Meets(death, errors) && !_isKilled)
        {
            _strangeEnds.Add($"node {number} ended by itself: {(output.Length > 4_000 ? output[^4_000..] : output)}");
        }
    }

    private bool Meets(Death? death, string said)
    {
        if (death is null || !Said(said, death.Point))
        {
            return false;
        }

        _met.Add(death.Point);
        if (_next == death)
        {
            Advance();
        }

        return true;
    }

    private void Advance()
    {
        lock (_ahead)
        {
            _next = _ahead.TryDequeue(out var next) ? next : null;
        }
    }
}
