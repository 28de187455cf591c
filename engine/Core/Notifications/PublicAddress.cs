using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Core.Notifications;

/// <summary>
/// Whether an address lies on the public Internet. Everything that is set aside for other purposes does not: this
/// machine, private and link-local networks, documentation, multicast, and what carries another address inside it.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublicV4 =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Protocol assignments with Teredo, documentation twice, 6to4.</summary>
    private static readonly IPNetwork[] NotPublicV6 =
        [.. ((string[])["2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16"]).Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(NotPublicV4, network => network.Contains(address))
            : GlobalV6.Contains(address) && !Array.Exists(NotPublicV6, network => network.Contains(address));
    }
}
