using System.Net.Sockets;

namespace PaymentEngine.Bench.Outside;

/// <summary>A connection that the engine opened; it carries one request at a time.</summary>
internal sealed class ServerConnection(Socket socket) : IDisposable
{
    private readonly byte[] _received = new byte[16 * 1024];
    private int _length;
    private int _taken;

    public bool IsOpen { get; private set; } = true;

    /// <summary>Reads what is there; false when the engine has hung up.</summary>
    public bool Receive()
    {
        if (_taken == _length)
            _taken = _length = 0;
        if (_length == _received.Length)
            throw new InvalidDataException($"a request of more than {_length} bytes");
        var count = socket.Receive(_received.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return true;
        if (error != SocketError.Success || count == 0)
            return false;
        _length += count;
        return true;
    }

    /// <summary>The next complete request; valid until more is received.</summary>
    public bool TryTake(out HttpRequest request)
    {
        var found = HttpRequest.TryRead(_received.AsSpan(_taken, _length - _taken), out request, out var length);
        if (found)
            _taken += length;
        return found;
    }

    /// <summary>An answer is far smaller than a socket buffer, so it goes out whole, unless nobody waits for it any more.</summary>
    public void Send(ReadOnlySpan<byte> answer)
    {
        if (IsOpen)
            socket.Send(answer, SocketFlags.None, out _);
    }

    public void Dispose()
    {
        IsOpen = false;
        socket.Dispose();
    }
}
