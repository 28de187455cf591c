namespace PaymentEngine.Tests.Support.Faults;

/// <summary>Who says something on a wire.</summary>
public enum Side
{
    Client,
    Server,
}

/// <summary>What a <see cref="TcpProxy"/> does with what it is given.</summary>
public abstract record WireMode
{
    /// <summary>Passes everything on.</summary>
    public sealed record Pass : WireMode;

    /// <summary>Ends every connection, and each new one at once.</summary>
    public sealed record Refuse : WireMode;

    /// <summary>
    /// Accepts, and passes nothing on, not even that one side has left. What is on its way then arrives when the mode
    /// ends, if somebody is still there, as it does when a network comes back.
    /// </summary>
    public sealed record BlackHole : WireMode;

    /// <summary>Everything takes longer, in both directions.</summary>
    public sealed record Delay(TimeSpan EachWay) : WireMode;

    /// <summary>Of what one side says on a connection from now on so many bytes arrive; then the connection ends.</summary>
    public sealed record CutAfter(long Bytes, Side Sender) : WireMode;

    /// <summary>On each connection so many answers of the server arrive; of the next one nothing, and the connection ends.</summary>
    public sealed record CutAnswer(int After) : WireMode;
}
