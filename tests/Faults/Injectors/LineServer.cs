using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Tests.Faults.Injectors;

/// <summary>Answers each line with "re: " and the same line, and remembers what it was asked.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly Task _serving;
    private int _open;

    private LineServer()
    {
        _listener.Start();
        _serving = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Connections whose end it has not seen.</summary>
    public int Open => Volatile.Read(ref _open);

    public static LineServer Start() => new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task AcceptAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _open);
                answering.Add(AnswerAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var socket = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _asked.Enqueue(line);
                await writer.WriteAsync($"re: {line}\n");
            }
        }
        catch (IOException)
        {
            // The client went away.
        }

        Interlocked.Decrement(ref _open);
    }
}
