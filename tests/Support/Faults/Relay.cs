using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>A port of the loopback address. Whoever connects is served until either side ends, or is cut.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, Task> _served = [];
    private readonly Func<Socket, Task> _serve;
    private readonly Task _accepting;

    public Relay(Func<Socket, Task> serve)
    {
        _serve = serve;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Connects a client with the server: whichever way ends first, both ends are closed.</summary>
    public static async Task JoinAsync(Socket near, string host, int port, Func<Socket, Task> upstream, Func<Socket, Task> downstream)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await far.ConnectAsync(host, port);
        }
        catch (SocketException)
        {
            // The server is away; the client hears of it by the end of its own connection.
            return;
        }

        var (up, down) = (upstream(far), downstream(far));
        await Task.WhenAny(up, down);
        End(near);
        End(far);
        await Task.WhenAll(up, down);
    }

    /// <summary>Ends every connection there is at this moment.</summary>
    public void CutAll()
    {
        foreach (var near in _served.Keys)
        {
            End(near);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        CutAll();
        await Task.WhenAll(_served.Values);
    }

    /// <summary>What was passed on before still arrives, which a reset might overtake.</summary>
    private static void End(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The other side, or a cut, was quicker.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await _listener.AcceptAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            near.NoDelay = true;
            var begin = new TaskCompletionSource();
            _served[near] = ServeAsync(near, begin.Task);
            begin.SetResult();
        }
    }

    private async Task ServeAsync(Socket near, Task begin)
    {
        // Known before it is served, so that it can be cut from its first moment on.
        await begin;
        using (near)
        {
            await _serve(near);
        }

        // Whoever failed stays, for the end to tell.
        _served.TryRemove(near, out _);
    }
}
