using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PaymentEngine.Tests.Support.Merchants;

/// <summary>A merchant's system that is told what became of its trades: a real server on loopback that keeps what it got.</summary>
public sealed class NotificationReceiver : IAsyncDisposable
{
    /// <summary>Instead of a status: the request is held until whoever made it goes away.</summary>
    public const int Never = 0;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedNotification> _received = new();
    private int _holding;

    private NotificationReceiver(WebApplication app)
    {
        _app = app;
        app.Run(ReceiveAsync);
    }

    /// <summary>The status with which it answers; 3xx leads to <c>/elsewhere</c>.</summary>
    public Func<ReceivedNotification, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    public IReadOnlyList<ReceivedNotification> Received => [.. _received];

    /// <summary>Requests that it does not answer.</summary>
    public int Holding => Volatile.Read(ref _holding);

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Where it wants to be told; the path tells one use from another.</summary>
    public string Url(string path = "told", string host = "127.0.0.1") => $"http://{host}:{Port}/{path}";

    public static async Task<NotificationReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new NotificationReceiver(builder.Build());
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new ReceivedNotification(
            context.Request.Method,
            context.Request.Path,
            context.Request.ContentType,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray());
        _received.Enqueue(received);
        var status = Answer(received);
        if (status == Never)
        {
            await HoldAsync(context.RequestAborted);
            return;
        }

        context.Response.StatusCode = status;
        if (status is >= 300 and < 400)
        {
            context.Response.Headers.Location = "/elsewhere";
        }
    }

    private async Task HoldAsync(CancellationToken aborted)
    {
        Interlocked.Increment(ref _holding);
        await Task.Delay(Timeout.Infinite, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _holding);
    }
}

/// <summary>One attempt at telling a merchant. Header names are in lower case.</summary>
public sealed record ReceivedNotification(
    string Method, string Path, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public long Timestamp => long.Parse(Headers["webhook-timestamp"]);

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("the body is null");

    public string Type => (string)Json["type"]!;

    /// <summary>
    /// Whether the signature is right, worked out as the specification has it (Standard Webhooks, symmetric, v1) and
    /// with nothing of the engine's.
    /// </summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(Headers["webhook-id"]));
        hmac.AppendData("."u8);
        hmac.AppendData(Encoding.UTF8.GetBytes(Headers["webhook-timestamp"]));
        hmac.AppendData("."u8);
        hmac.AppendData(Body);
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(hmac.GetHashAndReset()));
    }
}
