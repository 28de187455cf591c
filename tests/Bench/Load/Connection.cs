using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Bench.Load;

internal enum Reading
{
    Incomplete,
    Complete,
    Broken,
}

/// <summary>A keep-alive connection that carries one request at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly IPEndPoint _server;
    private readonly Epoll _epoll;
    private readonly int _token;
    private readonly byte[] _received = new byte[32 * 1024];
    private int _length;
    private Socket _socket;

    public Connection(IPEndPoint server, Epoll epoll, int token)
    {
        _server = server;
        _epoll = epoll;
        _token = token;
        _socket = Connect();
    }

    /// <summary>
    /// A request is far smaller than a socket buffer, so it goes out whole, unless the connection is gone: then it is
    /// readable with nothing to read, and is found broken there.
    /// </summary>
    public void Send(ReadOnlySpan<byte> request)
    {
        _length = 0;
        _socket.Send(request, SocketFlags.None, out _);
    }

    /// <summary>The answer is valid until the next request.</summary>
    public Reading Read(out HttpAnswer answer)
    {
        answer = default;
        if (_length == _received.Length)
            throw new InvalidDataException($"an answer of more than {_length} bytes");
        var count = _socket.Receive(_received.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return Reading.Incomplete;
        if (error != SocketError.Success || count == 0)
            return Reading.Broken;
        _length += count;
        return HttpAnswer.TryRead(_received.AsSpan(0, _length), out answer) ? Reading.Complete : Reading.Incomplete;
    }

    /// <summary>Blocks; the server is on this machine and reconnecting is rare.</summary>
    public void Reconnect()
    {
        _socket.Dispose();
        _socket = Connect();
    }

    public void Dispose() => _socket.Dispose();

    private Socket Connect()
    {
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(_server);
        socket.Blocking = false;
        _epoll.Watch(socket, _token);
        _length = 0;
        return socket;
    }
}
