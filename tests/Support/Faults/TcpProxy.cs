using System.Net.Sockets;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>A wire to a server, of whatever protocol, that can be hurt while it is used.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Relay _relay;
    private readonly string _host;
    private readonly int _port;
    private volatile Era _era = new(new WireMode.Pass());

    private TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _relay = new Relay(ServeAsync);
    }

    /// <summary>Where clients find it, on the loopback address.</summary>
    public int Port => _relay.Port;

    /// <summary>Of the connections that there are as well as of those to come.</summary>
    public WireMode Mode
    {
        get => _era.Mode;
        set
        {
            var ended = Interlocked.Exchange(ref _era, new Era(value));
            ended.End();
            if (value is WireMode.Refuse)
            {
                CutAll();
            }
        }
    }

    public static TcpProxy Open(string host, int port) => new(host, port);

    /// <summary>Ends the connections that there are; new ones are let through as the mode says.</summary>
    public void CutAll() => _relay.CutAll();

    public async ValueTask DisposeAsync()
    {
        Mode = new WireMode.Refuse();
        await _relay.DisposeAsync();
    }

    private async Task ServeAsync(Socket near)
    {
        while (_era is { Mode: WireMode.BlackHole } era)
        {
            await era.Ended;
        }

        if (Mode is WireMode.Refuse)
        {
            near.Close(timeout: 0);
            return;
        }

        var line = new Line(this);
        await Relay.JoinAsync(
            near, _host, _port, far => line.PassOnAsync(Side.Client, near, far), far => line.PassOnAsync(Side.Server, far, near));
    }

    /// <summary>The time of one mode, which counts from its beginning.</summary>
    private sealed class Era(WireMode mode)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WireMode Mode => mode;

        public Task Ended => _ended.Task;

        public void End() => _ended.SetResult();
    }

    /// <summary>A connection of a client with the server.</summary>
    private sealed class Line(TcpProxy proxy)
    {
        private readonly Lock _lock = new();
        private Era? _counted;
        private long _bytes;
        private int _answers;
        private bool _isAsked;

        public async Task PassOnAsync(Side from, Socket source, Socket target)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    var length = await ReceiveAsync(source, buffer);
                    var (passes, isCut) = await AdmitAsync(from, length);
                    for (var sent = 0; sent < passes;)
                    {
                        sent += await target.SendAsync(buffer.AsMemory(sent, passes - sent));
                    }

                    if (isCut || length == 0)
                    {
                        return;
                    }
                }
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The receiver went away by itself, or the line was cut.
            }
        }

        /// <summary>How a sender ends makes no difference: orderly or not.</summary>
        private static async Task<int> ReceiveAsync(Socket source, byte[] buffer)
        {
            try
            {
                return await source.ReceiveAsync(buffer);
            }
            catch (SocketException)
            {
                return 0;
            }
        }

        private async Task<(int Passes, bool IsCut)> AdmitAsync(Side from, int length)
        {
            while (true)
            {
                var era = proxy._era;
                switch (era.Mode)
                {
                    case WireMode.BlackHole:
                        await era.Ended;
                        continue;
                    case WireMode.Delay delay:
                        await Task.WhenAny(Task.Delay(delay.EachWay), era.Ended);
                        return Count(era, from, length);
                    default:
                        return Count(era, from, length);
                }
            }
        }

        private (int Passes, bool IsCut) Count(Era era, Side from, int length)
        {
            lock (_lock)
            {
                if (_counted != era)
                {
                    (_counted, _bytes, _answers) = (era, 0, 0);
                }

                var isAnswer = from == Side.Server && _isAsked;
                _isAsked = from == Side.Client;
                switch (era.Mode)
                {
                    case WireMode.Refuse:
                        return (0, true);
                    case WireMode.CutAfter cut when cut.Sender == from:
                        var passes = (int)Math.Min(length, cut.Bytes - _bytes);
                        _bytes += passes;
                        return (passes, _bytes == cut.Bytes);
                    case WireMode.CutAnswer cut when isAnswer:
                        return _answers++ < cut.After ? (length, false) : (0, true);
                    default:
                        return (length, false);
                }
            }
        }
    }
}
