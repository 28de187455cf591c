using System.Runtime.CompilerServices;

namespace PaymentEngine.Tests.Simulation.Time;

/// <summary>Awaited by a process: it goes on later, unless it has died by then.</summary>
internal readonly struct Pause(Node node, TimeSpan time) : INotifyCompletion
{
    public bool IsCompleted => false;

    public Pause GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => node.After(time, continuation);
}
