using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>Hosts are where a test says, and may move.</summary>
internal sealed class FakeHostNames : IHostNames
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _addresses = new();

    public void Move(string host, params string[] addresses) => _addresses[host] = [.. addresses.Select(IPAddress.Parse)];

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        _addresses.TryGetValue(host, out var addresses)
            ? Task.FromResult(addresses)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
