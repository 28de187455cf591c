using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Host;

/// <summary>A merchant that makes one payment and tells what became of it.</summary>
internal sealed class FirstPayment(Uri address, string apiKey)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>True when the trade was paid.</summary>
    public async Task<bool> MakeAsync(TextWriter to)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        var orderNo = $"ONCE-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmssfff}";
        var body = $$"""{"merchant_order_no":"{{orderNo}}","amount":"88.00","currency":"CNY","payer":"member-7","description":"Two tickets","payment":{"method":"quick","payer_account":"6222020000000001"} }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/trades")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", orderNo);
        using var answer = await http.SendAsync(request);
        var trade = await JsonOf(answer);
        var tradeNo = (string?)trade["trade_no"];
        await to.WriteLineAsync($"POST /v1/trades → {(int)answer.StatusCode} {tradeNo} {(string?)trade["state"]}");
        if (tradeNo is null)
        {
            await to.WriteLineAsync(trade.ToJsonString());
            return false;
        }

        trade = await FinalStateAsync(http, tradeNo);
        JourneyPrint.Write(to, trade);
        return (string?)trade["state"] == "paid";
    }

    private static async Task<JsonNode> FinalStateAsync(HttpClient http, string tradeNo)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            using var answer = await http.GetAsync(new Uri($"/v1/trades/{tradeNo}?expand=all", UriKind.Relative));
            var trade = await JsonOf(answer);
            if ((string?)trade["state"] is not ("paying" or "awaiting_payment") || TimeProvider.System.GetUtcNow() > deadline)
            {
                return trade;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
