using System.Net.Sockets;
using System.Text;

namespace PaymentEngine.Tests.Faults.Injectors;

/// <summary>A connection to a <see cref="LineServer"/>.</summary>
internal sealed class LineClient : IDisposable
{
    public const string Cut = "|";

    /// <summary>Who waits longer waits for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();

    private LineClient()
    {
    }

    public static async Task<LineClient> ConnectAsync(int port)
    {
        var client = new LineClient();
        await client._client.ConnectAsync("127.0.0.1", port);
        return client;
    }

    public static async Task<string> AskOnceAsync(int port, string line)
    {
        try
        {
            using var client = await ConnectAsync(port);
            return await client.AskAsync(line);
        }
        catch (SocketException)
        {
            return Cut;
        }
    }

    public async Task<string> AskAsync(string line)
    {
        await SayAsync(line);
        return await HearAsync();
    }

    public async Task SayAsync(string line)
    {
        try
        {
            await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
        }
        catch (IOException)
        {
            // Cut; what is heard says so.
        }
    }

    /// <summary>The next line; with <see cref="Cut"/> at its end when the connection ended before it did.</summary>
    public async Task<string> HearAsync()
    {
        var (heard, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (int length; (length = await _client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Patience)) > 0;)
            {
                heard.Append(Encoding.ASCII.GetString(buffer, 0, length));
                if (heard[^1] == '\n')
                {
                    return heard.ToString().TrimEnd('\n');
                }
            }
        }
        catch (IOException)
        {
            // Cut without a good-bye.
        }

        return heard + Cut;
    }

    public void Dispose() => _client.Dispose();
}
