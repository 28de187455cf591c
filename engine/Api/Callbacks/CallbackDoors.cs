using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Runtime.Callbacks;

namespace PaymentEngine.Api.Callbacks;

/// <summary>
/// Tells by which door a request came in (C15): by the address of ours that it was made to, which nothing inside a request
/// can pretend.
/// </summary>
public sealed class CallbackDoors(CallbackOptions options)
{
    private readonly CallbackDoor _public = CallbackDoor.Public(options.Lines.SelectMany(line => line.Channels));

    /// <summary>Null until it is known where the server listens: a port may have been left to the system.</summary>
    private volatile FrozenDictionary<IPEndPoint, CallbackDoor>? _lines = options.Lines.Length == 0 ? FrozenDictionary<IPEndPoint, CallbackDoor>.Empty : null;

    /// <param name="addresses">Where the server listens for each line, in the order of the settings.</param>
    public void Open(IReadOnlyList<IPEndPoint> addresses) =>
        _lines = addresses.Zip(options.Lines, (address, line) => KeyValuePair.Create(address, CallbackDoor.Line(line.Channels))).ToFrozenDictionary();

    public bool AreOpen => _lines is not null;

    public bool IsLine(ConnectionInfo connection) => LineOf(connection) is not null;

    public CallbackDoor Of(ConnectionInfo connection) => LineOf(connection) ?? _public;

    private CallbackDoor? LineOf(ConnectionInfo connection) =>
        _lines is { Count: > 0 } lines && connection.LocalIpAddress is { } address
            ? lines.GetValueOrDefault(new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort))
            : null;
}
