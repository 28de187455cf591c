using System.Text;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Explaining;

/// <summary>A stored decision, read again with the setup by which it was taken.</summary>
public sealed record Explanation(
    int SetupVersion,
    string? Channel,
    string? Interface,
    bool WasProbe,
    IReadOnlyList<ExplainedScript> Scripts,
    IReadOnlyList<ExplainedCandidate> Candidates,
    IReadOnlyList<ExplainedRemoval> Removals)
{
    /// <summary>The version of the setup that is needed to read the rest.</summary>
    public static int VersionOf(ReadOnlySpan<byte> stored) => (int)new ExplanationReader(stored).Version;

    public static Explanation Read(ReadOnlySpan<byte> stored, RoutingSetup setup)
    {
        var reader = new ExplanationReader(stored);
        var (channel, known) = (default(string), default(string));
        if (reader.HasChoice)
        {
            var chosen = setup.Channels[(int)reader.Number()];
            (channel, known) = (chosen.Code, chosen.Interfaces[reader.Byte()].Code);
        }

        var scripts = new ExplainedScript[(int)reader.Number()];
        for (var i = 0; i < scripts.Length; i++)
        {
            scripts[i] = new ExplainedScript(reader.Text(), (int)reader.Number(), reader.Byte() == 1);
        }

        var candidates = new ExplainedCandidate[(int)reader.Number()];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new ExplainedCandidate(
                setup.Channels[(int)reader.Number()].Code, reader.Score(), reader.Score(), -reader.Byte());
        }

        var removals = new ExplainedRemoval[(int)reader.Number()];
        for (var (i, removed) = (0, default(RoutedChannel)); i < removals.Length; i++)
        {
            removals[i] = ReadRemoval(ref reader, setup, ref removed);
        }

        return new Explanation((int)reader.Version, channel, known, reader.WasProbe, scripts, candidates, removals);
    }

    /// <param name="reader">At a removal.</param>
    /// <param name="setup">By which the decision was taken.</param>
    /// <param name="channel">Of the removal before, and of this one.</param>
    private static ExplainedRemoval ReadRemoval(ref ExplanationReader reader, RoutingSetup setup, ref RoutedChannel? channel)
    {
        var head = reader.Byte();
        if ((head & ExplanationFormat.OfSameChannel) == 0 || channel is null)
        {
            channel = setup.Channels[(int)reader.Number()];
        }

        var known = (head & ExplanationFormat.OfInterface) != 0 ? channel.Interfaces[reader.Byte()] : null;
        var rule = (head & ExplanationFormat.OfLaterRule) != 0 ? reader.Byte() : (byte)0;
        var removal = new Removal((RemovalReason)(head & ExplanationFormat.Reasons), rule);
        return new ExplainedRemoval(channel.Code, known?.Code, removal.Reason, RemovalWords.Of(removal, channel, known));
    }
}

public sealed record ExplainedScript(string Name, int Version, bool Failed);

public sealed record ExplainedCandidate(string Channel, decimal Priority, decimal Weight, int Health);

/// <param name="Interface">Null when the channel as a whole was removed.</param>
public sealed record ExplainedRemoval(string Channel, string? Interface, RemovalReason Reason, string Words);

internal ref struct ExplanationReader
{
    private readonly byte _flags;
    private ReadOnlySpan<byte> _rest;

    public ExplanationReader(ReadOnlySpan<byte> stored)
    {
        _rest = stored;
        var layout = Byte();
        if (layout != ExplanationFormat.Layout)
        {
            throw new FormatException($"an explanation of layout {layout} is of a later version");
        }

        Version = Number();
        _flags = Byte();
    }

    public ulong Version { get; }

    public readonly bool HasChoice => (_flags & ExplanationFormat.Chosen) != 0;

    public readonly bool WasProbe => (_flags & ExplanationFormat.ByProbe) != 0;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Number()
    {
        var (number, shift) = (0UL, 0);
        byte value;
        do
        {
            value = Byte();
            number |= (ulong)(value & 0x7f) << shift;
            shift += 7;
        }
        while (value >= 0x80);
        return number;
    }

    public decimal Score()
    {
        var number = Number();
        return (number & 1) == 0 ? number >> 1 : (decimal)(number >> 1) / ExplanationFormat.Thousandths;
    }

    public string Text()
    {
        var length = (int)Number();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }
}
