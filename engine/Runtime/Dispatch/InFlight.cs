namespace PaymentEngine.Runtime.Dispatch;

/// <summary>How many calls to institutions this node has out, and how many it takes before it turns new work away.</summary>
public sealed class InFlight(int most)
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public bool IsFull => Calls >= most;

    public void Enter() => Interlocked.Increment(ref _calls);

    public void Leave() => Interlocked.Decrement(ref _calls);
}
