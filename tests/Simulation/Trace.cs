namespace PaymentEngine.Tests.Simulation;

/// <summary>What happened in a run, line by line; kept only when a seed is played again.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];
    private VirtualTime? _time;

    public IReadOnlyList<string> Lines => _lines;

    public void Follow(VirtualTime time) => _time = time;

    public void Note(string line) => _lines.Add($"{_time!.Now - _time.Start:d\\.hh\\:mm\\:ss\\.fff}  {line}");
}
