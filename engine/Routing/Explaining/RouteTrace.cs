using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Table;
using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Explaining;

/// <summary>Notes what a decision does while it does it. Kept and used again, so that noting costs next to nothing.</summary>
public sealed class RouteTrace
{
    [ThreadStatic]
    private static RouteTrace? t_spare;

    private readonly List<(int Channel, int Interface, Removal Removal)> _removals = new(256);
    private readonly List<(string Script, int Version, bool Failed)> _scripts = [];
    private Candidate[] _candidates = new Candidate[64];
    private int _count;
    private int _version;
    private (int Channel, int Interface)? _choice;
    private bool _isProbe;

    internal Span<Candidate> Candidates => _candidates.AsSpan(0, _count);

    internal static RouteTrace Rent(int version)
    {
        var trace = t_spare ?? new RouteTrace();
        t_spare = null;
        trace._version = version;
        return trace;
    }

    internal static void Return(RouteTrace trace)
    {
        trace._removals.Clear();
        trace._scripts.Clear();
        Array.Clear(trace._candidates, 0, trace._count);
        (trace._count, trace._choice, trace._isProbe) = (0, null, false);
        t_spare = trace;
    }

    internal void Remove(ChannelPlan channel, Removal removal) => _removals.Add((channel.Index, ExplanationFormat.NoInterface, removal));

    internal void Remove(ChannelPlan channel, InterfacePlan known, Removal removal) => _removals.Add((channel.Index, known.Index, removal));

    internal void Admit(in Candidate candidate)
    {
        if (_count == _candidates.Length)
        {
            Array.Resize(ref _candidates, 2 * _count);
        }

        _candidates[_count++] = candidate;
    }

    internal ref readonly Candidate CandidateOf(int channel)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_candidates[i].Channel.Index == channel)
            {
                return ref _candidates[i];
            }
        }

        throw new InvalidOperationException($"channel {channel} is no candidate");
    }

    internal void Probe() => _isProbe = true;

    internal void Choose(int channel, int known) => _choice = (channel, known);

    internal void Ran(ScriptInForce script, int version) => Note(script.Name, version, failed: false);

    internal void Failed(ScriptInForce script, int version, ScriptException why)
    {
        Note(script.Name, version, failed: true);
        script.Failures.Report(script.Name, version, why);
    }

    internal byte[] ToBytes()
    {
        var writer = new ExplanationWriter();
        writer.Header(_version, _isProbe, _choice);
        writer.Count(_scripts.Count);
        foreach (var (script, version, failed) in _scripts)
        {
            writer.Script(script, version, failed);
        }

        writer.Count(_count);
        foreach (ref readonly var candidate in Candidates)
        {
            writer.Candidate(candidate.Channel.Index, candidate.Priority, candidate.Weight, candidate.Model.Health);
        }

        writer.Count(_removals.Count);
        foreach (var (channel, known, removal) in _removals)
        {
            writer.Removal(channel, known, removal);
        }

        return writer.ToBytes();
    }

    private void Note(string script, int version, bool failed)
    {
        foreach (var noted in _scripts)
        {
            if (noted.Version == version && noted.Failed == failed && ReferenceEquals(noted.Script, script))
            {
                return;
            }
        }

        _scripts.Add((script, version, failed));
    }
}
