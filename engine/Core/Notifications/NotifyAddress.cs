using System.Net;

namespace PaymentEngine.Core.Notifications;

/// <summary>Why an address cannot be told anything.</summary>
public enum NotifyAddressError
{
    Malformed,

    /// <summary>It matches no origin that is registered for the merchant.</summary>
    NotRegistered,

    /// <summary>It names this machine or its network, and its origin does not allow that.</summary>
    Private,
}

/// <param name="AllowPrivate">A connection to a private address may be made; otherwise the connection is refused.</param>
public sealed record NotifyTarget(Uri Address, bool AllowPrivate);

/// <summary>
/// Checks a callback address against what is registered. Done when a trade is submitted and again before every delivery;
/// what a name resolves to is checked when a connection is made, because it may change in between.
/// </summary>
public static class NotifyAddress
{
    public const int MaximumLength = 512;

    /// <returns>Null when the address is in order.</returns>
    public static NotifyAddressError? Check(string text, IReadOnlyList<NotifyOrigin> registered, out NotifyTarget? target)
    {
        target = null;
        if (text.Length > MaximumLength
            || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.UserInfo.Length > 0
            || address.Fragment.Length > 0)
        {
            return NotifyAddressError.Malformed;
        }

        var isRegistered = false;
        var allowPrivate = false;
        foreach (var origin in registered)
        {
            if (origin.Matches(address))
            {
                isRegistered = true;
                allowPrivate |= origin.AllowPrivate;
            }
        }

        if (!isRegistered)
        {
            return NotifyAddressError.NotRegistered;
        }

        if (!allowPrivate && NamesPrivateHost(address))
        {
            return NotifyAddressError.Private;
        }

        target = new NotifyTarget(address, allowPrivate);
        return null;
    }

    /// <summary>As far as can be told without asking anybody.</summary>
    private static bool NamesPrivateHost(Uri address) =>
        IPAddress.TryParse(address.IdnHost, out var literal)
            ? !PublicAddress.Is(literal)
            : address.IsLoopback || address.IdnHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
