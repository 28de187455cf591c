using System.Collections.Frozen;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>
/// Where a callback came in (C15). A leased line is for the channels it was laid for and for nobody else; what has a line
/// is not listened to on the public network.
/// </summary>
public sealed class CallbackDoor
{
    private readonly FrozenSet<string> _leased;
    private readonly bool _isLine;

    private CallbackDoor(IEnumerable<string> leased, bool isLine) => (_leased, _isLine) = (leased.ToFrozenSet(), isLine);

    /// <summary>The public door of an engine without lines.</summary>
    public static CallbackDoor OfAll { get; } = Public([]);

    public static CallbackDoor Public(IEnumerable<string> leasedElsewhere) => new(leasedElsewhere, isLine: false);

    public static CallbackDoor Line(IEnumerable<string> channels) => new(channels, isLine: true);

    public bool Admits(string channelCode) => _leased.Contains(channelCode) == _isLine;
}
