using System.Runtime.CompilerServices;

namespace PaymentEngine.Tests.Simulation.Time;

/// <summary>
/// Something that is awaited and kept once; later attempts to keep it come too late. Whoever awaits goes on inside
/// <see cref="Keep"/>: a run has one thread and no scheduler but its own time.
/// </summary>
internal sealed class Promise<T> : INotifyCompletion
{
    private Action? _continuation;
    private T? _value;

    public bool IsCompleted { get; private set; }

    public Promise<T> GetAwaiter() => this;

    public T GetResult() => _value!;

    public void OnCompleted(Action continuation) => _continuation = continuation;

    public void Keep(T value)
    {
        if (IsCompleted)
        {
            return;
        }

        (IsCompleted, _value) = (true, value);
        _continuation?.Invoke();
    }
}
