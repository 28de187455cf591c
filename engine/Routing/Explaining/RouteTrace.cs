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

    private readonly ExplanationWriter _explanation = new();
    private readonly ExplanationWriter _removals = new();
    private readonly List<(string Script, int Version, bool Failed)> _scripts = [];
    private Candidate[] _candidates = new Candidate[64];
    private int _count;
    private int _removed;
    private int _version;
    private (int Channel, int Interface)? _choice;
    private bool _isProbe;

    internal Span<Candidate> Candidates => _candidates.AsSpan(0, _count);

    internal static RouteTrace Rent(int version)
    {
        var trace = t_spare ?? new RouteTrace();
        t_spare = null;
        trace._version = version;
        trace._removals.Clear();
        return trace;
    }

    internal static void Return(RouteTrace trace)
    {
        trace._scripts.Clear();
        Array.Clear(trace._candidates, 0, trace._count);
        (trace._count, trace._removed, trace._choice, trace._isProbe) = (0, 0, null, false);
        t_spare = trace;
    }

    internal void Remove(ChannelPlan channel, Removal removal) => Remove(channel.Index, null, removal);

    internal void Remove(ChannelPlan channel, InterfacePlan known, Removal removal) => Remove(channel.Index, known.Index, removal);

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
        _explanation.Clear();
        _explanation.Header(_version, _isProbe, _choice);
        _explanation.Count(_scripts.Count);
        foreach (var (script, version, failed) in _scripts)
        {
            _explanation.Script(script, version, failed);
        }

        _explanation.Count(_count);
        foreach (ref readonly var candidate in Candidates)
        {
            _explanation.Candidate(candidate.Channel.Index, candidate.Priority, candidate.Weight, candidate.Model.Health);
        }

        _explanation.Count(_removed);
        return [.. _explanation.Written, .. _removals.Written];
    }

    private void Remove(int channel, int? known, Removal removal)
    {
        _removed++;
        _removals.Removal(channel, known, removal);
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
