using System.Net;
using System.Net.Sockets;

namespace PaymentEngine.Tests.Support.Processes;

/// <summary>Ports for servers that come back where they were: below those that the system gives to connections.</summary>
public static class Ports
{
    private const int First = 20_000;
    private const int End = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there; there are more.
            }
        }
    }
}
