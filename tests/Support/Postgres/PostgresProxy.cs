using System.Buffers.Binary;
using System.Net.Sockets;
using Npgsql;
using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>
/// A wire to a PostgreSQL server that can be cut between any two messages. What was passed on before the cut arrives;
/// after it both sides find their connection closed. New connections are let through again.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Relay _relay;

    public PostgresProxy(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _relay = new Relay(near => Relay.JoinAsync(
            near, _server.Host!, _server.Port, far => PassOnAsync(Side.Client, near, far), far => PassOnAsync(Side.Server, far, near)));
    }

    /// <summary>
    /// Asked before each message is passed on; true cuts the wire instead. The message is given by its type and body.
    /// A client's first message, which says who it is, has the type '\0'.
    /// </summary>
    public Func<Side, char, ReadOnlyMemory<byte>, bool> CutsBefore { get; set; } = (_, _, _) => false;

    /// <summary>The way to the server through this proxy, without encryption: it reads what passes.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = _relay.Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    private async Task PassOnAsync(Side from, Socket sender, Socket receiver)
    {
        using var source = new NetworkStream(sender);
        using var target = new NetworkStream(receiver);
        var isFirst = from == Side.Client;
        try
        {
            while (await ReadMessageAsync(source, isFirst) is { } message && !CutsBefore(from, message.Type, message.Bytes.AsMemory(message.Head)))
            {
                await target.WriteAsync(message.Bytes);
                isFirst = false;
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // One of the ends went away by itself.
        }
    }

    /// <summary>A type (which the first message lacks), the length of what follows including itself, a body. Null at the end.</summary>
    private static async Task<(char Type, byte[] Bytes, int Head)?> ReadMessageAsync(NetworkStream source, bool isFirst)
    {
        var head = new byte[isFirst ? 4 : 5];
        if (await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4));
        var message = new byte[head.Length - 4 + length];
        head.CopyTo(message, 0);
        await source.ReadExactlyAsync(message.AsMemory(head.Length));
        return (isFirst ? '\0' : (char)head[0], message, head.Length);
    }
}
