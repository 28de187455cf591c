namespace PaymentEngine.Bench.Load;

/// <summary>Commands from standard input. Its end means stop, so a generator never outlives the benchmark.</summary>
internal sealed class GeneratorCommands
{
    public const string Measure = "measure";
    public const string Stop = "stop";

    private volatile bool _stopRequested;
    private int _measureRequested;

    public GeneratorCommands(TextReader input) =>
        new Thread(() => Listen(input)) { IsBackground = true, Name = "commands" }.Start();

    public bool StopRequested => _stopRequested;

    public bool TakeMeasure() => Volatile.Read(ref _measureRequested) != 0 && Interlocked.Exchange(ref _measureRequested, 0) != 0;

    private void Listen(TextReader input)
    {
        while (input.ReadLine() is { } line && line != Stop)
        {
            if (line == Measure)
                Interlocked.Exchange(ref _measureRequested, 1);
        }

        _stopRequested = true;
    }
}
