using System.Collections.Concurrent;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Runtime.Lines;

/// <summary>The lines of this node. New terms make a new line; calls that are out end on the old one.</summary>
public sealed class LineSet(IChannelConnections connections, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<int, Line> _lines = [];

    public Line Of(int channelId)
    {
        var terms = connections.Of(channelId);
        return _lines.TryGetValue(terms.Id, out var line) && line.Terms.SameLimits(terms) ? line : Renew(terms);
    }

    public void Dispose()
    {
        foreach (var line in _lines.Values)
        {
            line.Dispose();
        }
    }

    private Line Renew(ChannelConnection terms) => _lines.AddOrUpdate(
        terms.Id,
        _ => new Line(terms, clock),
        (_, current) => current.Terms.SameLimits(terms) ? current : new Line(terms, clock));
}
