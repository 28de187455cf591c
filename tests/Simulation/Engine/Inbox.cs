namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>Stored callbacks. Each is swept up until it is handled, whether or not it was handed over first.</summary>
internal sealed class Inbox(World world)
{
    private readonly Dictionary<long, StoredCallback> _waiting = [];
    private long _last;

    public int Waiting => _waiting.Count;

    public long Store(string number, ChannelOutcome outcome)
    {
        _waiting.Add(++_last, new StoredCallback(number, outcome));
        Sweep(_last, TimeSpan.FromSeconds(1));
        return _last;
    }

    public StoredCallback? Find(long callback) => _waiting.GetValueOrDefault(callback);

    public void Handled(long callback) => _waiting.Remove(callback);

    private void Sweep(long callback, TimeSpan wait) => world.Time.In(wait, () =>
    {
        if (_waiting.ContainsKey(callback))
        {
            if (world.AnyNode() is { } node)
            {
                world.Engine.HandleCallback(node, callback);
            }

            Sweep(callback, TimeSpan.FromSeconds(5) + wait / 4);
        }
    });
}

internal sealed record StoredCallback(string Number, ChannelOutcome Outcome);
