using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PaymentEngine.Tests.Support.Mail;

/// <summary>A real mail server on loopback that speaks as much SMTP as is needed to take mails, and keeps them.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private const string Taken = "250 taken";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private MailServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it answers to a mail; another status than 250 and it has not taken it.</summary>
    public Func<string> Answer { get; set; } = () => Taken;

    public IReadOnlyList<ReceivedMail> Received => [.. _received];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static MailServer Start() => new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                conversations.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 loopback");
            await ServeAsync(reader, writer);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Whoever sent it has what he wanted, or the test is over.
        }
    }

    private async Task ServeAsync(StreamReader reader, StreamWriter writer)
    {
        var recipients = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } command)
        {
            switch (command.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO" or "MAIL":
                    await writer.WriteLineAsync("250 loopback");
                    break;
                case "RCPT":
                    recipients.Add(command[(command.IndexOf('<', StringComparison.Ordinal) + 1)..command.IndexOf('>', StringComparison.Ordinal)]);
                    await writer.WriteLineAsync("250 known");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var mail = await ReadMailAsync(reader, [.. recipients]);
                    recipients.Clear();
                    var answer = Answer();
                    if (answer == Taken)
                    {
                        _received.Enqueue(mail);
                    }

                    await writer.WriteLineAsync(answer);
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 not here");
                    break;
            }
        }
    }

    private async Task<ReceivedMail> ReadMailAsync(StreamReader reader, IReadOnlyList<string> recipients)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        }

        var end = lines.IndexOf(string.Empty);

        // A header that is folded goes on in lines that begin with a space.
        var headers = string.Join('\n', lines.Take(end)).Replace("\n ", " ", StringComparison.Ordinal).Split('\n')
            .Select(header => header.Split(": ", 2)).ToDictionary(header => header[0].ToLowerInvariant(), header => header[1]);
        var body = string.Join("\r\n", lines.Skip(end + 1));
        return new ReceivedMail(recipients, headers, headers.GetValueOrDefault("content-transfer-encoding") switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
            "quoted-printable" => Unquoted(body),
            _ => body,
        });
    }

    private static string Unquoted(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\r\n", string.Empty, StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}

/// <param name="Headers">By their names in lower case.</param>
public sealed record ReceivedMail(IReadOnlyList<string> Recipients, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public string Subject => Headers["subject"];
}
