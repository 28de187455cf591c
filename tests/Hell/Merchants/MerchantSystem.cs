using System.Collections.Concurrent;

namespace PaymentEngine.Tests.Hell.Merchants;

/// <summary>
/// Submits purchases in waves, so that both nodes and the bank are full from time to time; the next begins when the last
/// is acknowledged. What is not answered, or answered with "try again", is submitted again with its key, at the other node.
/// </summary>
internal sealed class MerchantSystem(IReadOnlyList<EngineProcess> nodes, string notifyUrl) : IDisposable
{
    private const int Wave = 150;

    private static readonly TimeSpan WaveLength = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly MerchantClient[] _clients = [.. nodes.Select(node => new MerchantClient(node.Address, node.ApiKey))];
    private readonly ConcurrentQueue<string> _strange = [];

    /// <summary>Answers that no merchant should get.</summary>
    public IReadOnlyCollection<string> Strange => _strange;

    public static TimeSpan TimeFor(int orders) => WaveLength * (((double)orders / Wave) + 1);

    public async Task SubmitAsync(IReadOnlyList<Purchase> purchases)
    {
        using var tick = new PeriodicTimer(WaveLength);
        var after = new List<Task>();
        foreach (var wave in purchases.Chunk(Wave))
        {
            await Task.WhenAll(wave.Select(OpenAsync));
            after.AddRange(wave.Where(purchase => purchase.TradeNo is not null).SelectMany(purchase => new[] { PayAgainAsync(purchase), CloseAsync(purchase) }));
            await tick.WaitForNextTickAsync();
        }

        await Task.WhenAll(after);
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task OpenAsync(Purchase purchase)
    {
        var opened = await AnsweredAsync(
            "/v1/trades",
            $"open-{purchase.OrderNo}",
            $$"""
            {"merchant_order_no":"{{purchase.OrderNo}}","amount":"{{purchase.Amount}}","currency":"CNY","payer":"member-7","expires_in_s":60,
             "payment":{"method":"{{purchase.Method}}","payer_account":"{{purchase.PayerAccount}}"},"notify_url":"{{notifyUrl}}"}
            """,
            201);
        purchase.TradeNo = opened?.TradeNo;
    }

    private async Task PayAgainAsync(Purchase purchase)
    {
        if (purchase.PaysAgainAfter is { } wait)
        {
            await Task.Delay(wait);
            await AnsweredAsync(
                $"/v1/trades/{purchase.TradeNo}/payments",
                $"again-{purchase.OrderNo}",
                $$"""{"method":"wallet","payer_account":"wallet-{{purchase.OrderNo}}"}""",
                201,
                409);
        }
    }

    private async Task CloseAsync(Purchase purchase)
    {
        if (purchase.ClosesAfter is { } wait)
        {
            await Task.Delay(wait);
            await AnsweredAsync($"/v1/trades/{purchase.TradeNo}/close", $"close-{purchase.OrderNo}", body: null, 200, 409);
        }
    }

    /// <summary>Null when the answer was a strange one.</summary>
    private async Task<MerchantAnswer?> AnsweredAsync(string path, string key, string? body, params int[] expected)
    {
        for (var attempt = key.Length; ; attempt++)
        {
            try
            {
                var answer = await _clients[attempt % _clients.Length].PostAsync(path, key, body);
                if (answer.Status != 503)
                {
                    return Expected(answer, path, expected);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
            {
                // Nobody knows what became of it: the same key again tells.
            }

            await Task.Delay(Pause);
        }
    }

    private MerchantAnswer? Expected(MerchantAnswer answer, string path, int[] expected)
    {
        if (expected.Contains(answer.Status))
        {
            return answer;
        }

        _strange.Enqueue($"{path} was answered {answer}");
        return null;
    }
}
