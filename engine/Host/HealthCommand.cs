using System.Net;

namespace PaymentEngine.Host;

/// <summary>Asks the engine that runs with the same settings whether it is ready, where no other program could ask.</summary>
internal static class HealthCommand
{
    private const int NotReady = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var configuration = CommandSettings.Read(settings);
        ListenAddresses.Demand(configuration);
        var urls = configuration[WebHostDefaults.ServerUrlsKey] ?? "http://localhost:5000";
        var address = BindingAddress.Parse(urls.Split(';')[0]);
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new UriBuilder("http", IPAddress.Loopback.ToString(), address.Port, "/health/ready").Uri);
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : NotReady;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine(silent.Message);
            return NotReady;
        }
    });
}
