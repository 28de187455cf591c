namespace PaymentEngine.Tests.Campaign.Shops;

/// <summary>Where merchants' requests go: any node will do, and whoever is not answered asks again, with the same key, until he is.</summary>
internal sealed class Counter : IDisposable
{
    /// <summary>A merchant hangs up on a node that does not answer, frozen or cut off as it may be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly MerchantClient[] _nodes;

    public Counter(IEnumerable<Uri> nodes, string apiKey) =>
        _nodes = [.. nodes.Select(address => new MerchantClient(address, apiKey, Patience))];

    public int Nodes => _nodes.Length;

    /// <summary>The answer; null when the campaign is over before there is one, which is a fault.</summary>
    public async Task<MerchantAnswer?> PostAsync(ShopOrder order, int node, string path, string key, string body, CancellationToken over)
    {
        for (; ; node++)
        {
            order.Note($"→ {node % Nodes} POST {path} {key} {body}");
            if (await TryAsync(order, () => _nodes[node % Nodes].PostAsync(path, key, body)) is { } answer)
            {
                return answer;
            }

            if (over.IsCancellationRequested)
            {
                order.Fault($"POST {path} under key {key} was never answered");
                return null;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>The trade as it is now; null when nobody tells, this time.</summary>
    public async Task<MerchantAnswer?> GetAsync(ShopOrder order, int node, string query = "")
    {
        var answer = await TryAsync(
            order, () => _nodes[node % Nodes].GetAsync($"/v1/trades?merchant_order_no={order.OrderNo}{query}"), isQuiet: true);
        if (answer is { Status: 404 } && order.TradeNo is not null)
        {
            order.Fault($"it was acknowledged as {order.TradeNo}, and now it is not there");
        }

        return answer is { Status: 200 } ? answer : null;
    }

    public void Dispose() => Array.ForEach(_nodes, node => node.Dispose());

    private static async Task<MerchantAnswer?> TryAsync(ShopOrder order, Func<Task<MerchantAnswer>> send, bool isQuiet = false)
    {
        MerchantAnswer answer;
        try
        {
            answer = await send();
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
        {
            if (!isQuiet)
            {
                order.Note($"← {gone.GetType().Name}");
            }

            return null;
        }

        switch (answer.Status)
        {
            case 503:
                return null;
            case 200 or 201:
                order.Learn(answer.Json);
                break;
            case 404 or 409:
                break;
            default:
                order.Fault($"answered with {answer}");
                break;
        }

        if (!isQuiet)
        {
            order.Note($"← {answer}");
        }

        return answer;
    }
}
