using System.Net.Http.Headers;
using System.Text;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>Says again and again what the bank's undocumented codes mean: the bank has the order, and can be asked about it.</summary>
internal sealed class Operator : IDisposable
{
    private static readonly string[] Codes = ["U7001", "U7002", "U7003", "U7004"];
    private static readonly string[] Channels = ["sim-card", "sim-bank", "sim-wallet"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient[] _nodes;

    public Operator(IEnumerable<Node> nodes) => _nodes = [.. nodes.Select(node => new HttpClient
    {
        BaseAddress = node.Address,
        Timeout = TimeSpan.FromSeconds(2),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Site.OpsKey) },
    })];

    public async Task RunAsync(CancellationToken stop)
    {
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            var (code, channel) = (Codes[count % Codes.Length], Channels[count / Codes.Length % Channels.Length]);
            using var body = new StringContent(
                $$"""{"channel":"{{channel}}","interface":"{{(count % 2 == 0 ? "pay" : "refund")}}","code":"{{code}}","outcome":"accepted","unified_code":"accepted"}""",
                Encoding.UTF8,
                "application/json");
            try
            {
                using var answer = await _nodes[count % _nodes.Length].PutAsync("/ops/v1/result-codes", body, CancellationToken.None);
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                // It is said again.
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => Array.ForEach(_nodes, node => node.Dispose());
}
