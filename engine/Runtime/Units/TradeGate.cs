using PaymentEngine.Core;

namespace PaymentEngine.Runtime.Units;

/// <summary>
/// Lets one decision at a time at a trade, through its commit. The version check would find out anyway; this avoids
/// useless conflicts inside a node. Trades share a fixed number of gates.
/// </summary>
public sealed class TradeGate : IDisposable
{
    private const int Gates = 4_096;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];

    public ValueTask<Pass> EnterAsync(OrderId trade)
    {
        var gate = _gates[(int)((ulong)trade.Value % Gates)];
        return gate.Wait(0) ? new ValueTask<Pass>(new Pass(gate)) : WaitAsync(gate);
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    private static async ValueTask<Pass> WaitAsync(SemaphoreSlim gate)
    {
        await gate.WaitAsync();
        return new Pass(gate);
    }

    public readonly struct Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
