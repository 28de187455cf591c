namespace PaymentEngine.Tests.Faults;

/// <summary>A merchant who is paid and gives a part of it back, one order after the other.</summary>
internal sealed class RefundingMerchant(PersistentClient merchant, string name, int seed)
{
    private readonly Random _random = new(seed);

    public int GivenBack { get; private set; }

    /// <summary>Until told to stop; what was begun is seen through.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            var order = new Submission($"{name}-{count}");
            var trade = (await order.SendAsync(merchant)).TradeNo;
            await Eventually.BecomesTrueAsync(async () => (await merchant.GetAsync($"/v1/trades/{trade}")).State == "paid", $"{order.OrderNo} is paid");
            var back = await merchant.PostAsync(
                $"/v1/trades/{trade}/refunds",
                $"back-{order.OrderNo}",
                $$"""{"merchant_refund_no":"B{{order.OrderNo}}","amount":{"value":"{{_random.Next(1, 88)}}.00","currency":"CNY"} }""");

            // The fee was taken of what he was paid, so his balance covers most of what he gives back, and not always all.
            if (back.Status == 201)
            {
                GivenBack++;
            }
            else
            {
                Assert.Equal("insufficient_merchant_balance", back.Code);
            }
        }
    }
}
