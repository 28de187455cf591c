namespace PaymentEngine.Core.Notifications;

/// <summary>Where a merchant may be told: scheme, host and port as registered at on-boarding (N2).</summary>
/// <param name="Host">A name, an address, or *.domain for every name below that domain.</param>
/// <param name="Port">Null for any.</param>
/// <param name="AllowPrivate">It may lie in our own network, which is forbidden otherwise.</param>
public sealed record NotifyOrigin(string Scheme, string Host, int? Port, bool AllowPrivate)
{
    private const string AnyBelow = "*.";

    public bool Matches(Uri address) =>
        address.Scheme == Scheme && (Port is null || Port == address.Port) && MatchesHost(address.IdnHost);

    private bool MatchesHost(string host) =>
        Host.StartsWith(AnyBelow, StringComparison.Ordinal)
            ? host.Length >= Host.Length && host.EndsWith(Host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(Host, StringComparison.OrdinalIgnoreCase);
}
