using System.Runtime.CompilerServices;

namespace PaymentEngine.Tests.Simulation.Judgement;

/// <summary>An invariant does not hold.</summary>
internal static class Broken
{
    public static void If(bool isBroken, string invariant, [InterpolatedStringHandlerArgument(nameof(isBroken))] ref Why what)
    {
        if (isBroken)
        {
            throw new BrokenException(invariant, what.ToString());
        }
    }

    public static void If(bool isBroken, string invariant, string what)
    {
        if (isBroken)
        {
            throw new BrokenException(invariant, what);
        }
    }
}

internal sealed class BrokenException(string invariant, string what) : Exception($"{invariant}: {what}")
{
    public string Invariant => invariant;
}

/// <summary>The words for a broken invariant, put together only when it is broken: most never are.</summary>
[InterpolatedStringHandler]
internal ref struct Why
{
    private DefaultInterpolatedStringHandler _text;

    public Why(int literals, int values, bool isBroken, out bool isNeeded)
    {
        isNeeded = isBroken;
        _text = isBroken ? new DefaultInterpolatedStringHandler(literals, values) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
