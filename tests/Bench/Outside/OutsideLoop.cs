using System.Net;
using System.Net.Sockets;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Outside;

/// <summary>The only loop of the world outside: takes calls and notifications, answers when it is time, calls back.</summary>
internal sealed class OutsideLoop : IDisposable
{
    private const int ListenerToken = -1;
    private static readonly long LongestWaitNs = Clock.FromMilliseconds(20); // commands are looked at as often

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Epoll _epoll = new();
    private readonly List<ServerConnection> _connections = [];
    private readonly int _firstConnection;
    private readonly BankJournal _journal;
    private readonly Callbacks _callbacks;
    private readonly Institution _institution;
    private readonly Receiver _receiver;

    public OutsideLoop(OutsideOptions options)
    {
        _firstConnection = options.CallbackConnections;
        _journal = new BankJournal(options.JournalPath);
        var letters = new Letters(options.Secret);
        _callbacks = new Callbacks(options, _epoll, firstToken: 0, letters, _journal);
        _institution = new Institution(options, letters, _journal, _callbacks);
        _receiver = new Receiver(options.ToldPath);
        _listener.Blocking = false;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        _listener.Listen(1024);
        _epoll.Watch(_listener, ListenerToken);
    }

    /// <param name="tell">Takes the figures whenever a measurement begins, and at the end.</param>
    public void Run(GeneratorCommands commands, Action<OutsideFigures> tell, CancellationToken cancellation)
    {
        while (!commands.StopRequested && !cancellation.IsCancellationRequested)
        {
            if (commands.TakeMeasure())
                tell(Figures());
            var now = Clock.NowNs();
            _institution.DoDue(now);
            _callbacks.SendAgain(now);
            var next = Math.Min(_institution.NextAt, _callbacks.NextAt);
            foreach (var token in _epoll.Wait(Math.Clamp(next - now, 0, LongestWaitNs)))
                OnReadable(token);
        }

        tell(Figures());
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _listener.Dispose();
        _callbacks.Dispose();
        _receiver.Dispose();
        _journal.Dispose();
        _epoll.Dispose();
    }

    private OutsideFigures Figures() => new(
        _institution.Crowd.Take(),
        _callbacks.Acknowledged,
        _callbacks.Repeated,
        _institution.Open + _callbacks.Open,
        _receiver.Told,
        _receiver.Repeated);

    private void OnReadable(int token)
    {
        if (token == ListenerToken)
            Accept();
        else if (token < _firstConnection)
            _callbacks.OnReadable(token, Clock.NowNs());
        else
            Serve(_connections[token - _firstConnection]);
    }

    private void Accept()
    {
        var socket = _listener.Accept();
        socket.Blocking = false;
        socket.NoDelay = true;
        _epoll.Watch(socket, _firstConnection + _connections.Count);
        _connections.Add(new ServerConnection(socket));
    }

    private void Serve(ServerConnection connection)
    {
        if (!connection.Receive())
        {
            connection.Dispose();
            return;
        }

        while (connection.TryTake(out var request))
        {
            if (request.Path.SequenceEqual("/told"u8))
                _receiver.OnRequest(connection, request);
            else
                _institution.OnRequest(connection, request, Clock.NowNs());
        }
    }
}
