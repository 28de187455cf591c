using System.Diagnostics;

namespace PaymentEngine.Scripting;

/// <summary>What one evaluation may still spend. There is one budget for everything that it does.</summary>
internal sealed class Budget
{
    public const int CharsPerStep = 256;

    private ScriptLimits _limits = ScriptLimits.Default;
    private long _steps;
    private long _bytes;
    private long _regexTicks;

    public void Reset(ScriptLimits limits)
    {
        _limits = limits;
        _steps = limits.MaxSteps;
        _bytes = limits.MaxBytes;
        _regexTicks = (long)(limits.RegexTimeMs / 1000.0 * Stopwatch.Frequency);
    }

    public void Step(long count)
    {
        if ((_steps -= count) < 0) throw new ScriptFault($"The script takes too long: more than {_limits.MaxSteps} steps");
    }

    /// <summary>Reading a text costs time too, but only a long one is worth the counting.</summary>
    public void Read(long length)
    {
        if (length >= CharsPerStep) Step(length / CharsPerStep);
    }

    /// <summary>Looking for a text in a text may compare all of the one at every place of the other.</summary>
    public void Search(long length, long wanted) => Read(Math.Max(length, length * wanted / 16));

    /// <summary>Called before the bytes are allocated, so that one huge request never happens.</summary>
    public void Charge(long bytes)
    {
        if ((_bytes -= bytes) < 0) throw new ScriptFault($"The script needs too much memory: more than {_limits.MaxBytes} bytes");
    }

    public void ChargeText(long length) => Charge(24 + 2 * length);

    public TimeSpan RegexTimeLeft => Stopwatch.GetElapsedTime(0, Math.Max(1, _regexTicks));

    public void SpendRegex(long startedAt)
    {
        _regexTicks -= Stopwatch.GetTimestamp() - startedAt;
        if (_regexTicks <= 0) throw RegexTooSlow();
    }

    public ScriptFault RegexTooSlow() => new($"The regular expressions take too long: more than {_limits.RegexTimeMs} ms");
}
