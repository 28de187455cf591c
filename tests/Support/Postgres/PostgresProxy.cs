using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>
/// A wire to a PostgreSQL server that can be cut between any two messages. What was passed on before the cut arrives;
/// after it both sides find their connection closed. New connections are let through again.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Task _accepting;

    public PostgresProxy(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public enum Side
    {
        Client,
        Server,
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
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = JoinAsync(client);
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(_server.Host!, _server.Port);
        near.NoDelay = far.NoDelay = true;
        var (here, there) = (near.GetStream(), far.GetStream());

        // Whichever way ends first, both ends are closed.
        await Task.WhenAny(PassOnAsync(Side.Client, here, there), PassOnAsync(Side.Server, there, here));
    }

    private async Task PassOnAsync(Side from, NetworkStream source, NetworkStream target)
    {
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
