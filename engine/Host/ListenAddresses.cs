using Microsoft.AspNetCore.Http;

namespace PaymentEngine.Host;

/// <summary>Where the engine is told to listen; looked at before anything is touched, because the server says late what it cannot do.</summary>
internal static class ListenAddresses
{
    public static void Demand(IConfiguration configuration)
    {
        foreach (var address in (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsUsable(address))
            {
                throw new UnfitSettingException($"Urls: '{address}' is not an address to listen on; it must be http://HOST:PORT, several are separated by semicolons");
            }
        }
    }

    public static bool IsUsable(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http", PathBase: "", Port: >= 0 and <= ushort.MaxValue };
        }
        catch (FormatException)
        {
            // There is no way to ask beforehand.
            return false;
        }
    }
}
