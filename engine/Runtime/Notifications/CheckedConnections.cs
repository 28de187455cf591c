using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>
/// Connects to exactly the addresses that were checked: a name is resolved once, and what it resolved to is what is
/// connected to, so that it cannot change in between (N2). No redirects, no proxy, no cookies.
/// </summary>
public sealed class CheckedConnections(IHostNames names, bool allowPrivate)
{
    private const int MostDrained = 16 * 1024;
    private const int HeadersKb = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public HttpMessageInvoker ToInvoker() => new(new SocketsHttpHandler
    {
        ConnectCallback = ConnectAsync,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        // A name that moves is followed, and checked again.
        PooledConnectionLifetime = Lifetime,
        // The answer's status is all that counts.
        MaxResponseDrainSize = MostDrained,
        MaxResponseHeadersLength = HeadersKb,
        ActivityHeadersPropagator = null,
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.ResolveAsync(host, cancellation);
        if (!allowPrivate && Array.Find(addresses, address => !PublicAddress.Is(address)) is { } hidden)
        {
            throw new PrivateAddressException(host, hidden);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name that is public by its looks leads into a network that nobody outside may reach through us.</summary>
public sealed class PrivateAddressException(string host, IPAddress address)
    : Exception($"{host} is at {address}, which is not public");
