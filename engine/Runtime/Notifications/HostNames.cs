using System.Net;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Finds the addresses of a host.</summary>
public interface IHostNames
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>By the machine's resolver.</summary>
public sealed class SystemHostNames : IHostNames
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => Dns.GetHostAddressesAsync(host, cancellation);
}
