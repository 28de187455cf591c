using System.Collections.Concurrent;
using PaymentEngine.Tests.Campaign.Plans;

namespace PaymentEngine.Tests.Campaign.Shops;

/// <summary>Merchants at work, whatever happens to the engine. What each order is about follows from the seed.</summary>
internal sealed class Shop(Plan plan, Counter counter, string notifyUrl)
{
    private const int Clients = 10;
    private const int MostLooks = 20;

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentQueue<ShopOrder> _orders = [];
    private int _count;

    public IReadOnlyCollection<ShopOrder> Orders => _orders;

    /// <summary>Takes up new orders until told to stop, and sees every one through until it is answered.</summary>
    public Task WorkAsync(CancellationToken stop, CancellationToken over) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => WorkAsClientAsync(stop, over))));

    /// <summary>Gives a trade up that no payment is trying to pay any more.</summary>
    public Task CloseAsync(ShopOrder order, CancellationToken over) =>
        counter.PostAsync(order, 0, $"/v1/trades/{order.TradeNo}/close", $"close-{order.OrderNo}", "{}", over);

    private async Task WorkAsClientAsync(CancellationToken stop, CancellationToken over)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _count);
            var random = new Random(unchecked((plan.Seed * 31_337) + number));
            var order = new ShopOrder($"R{plan.Seed}-{number}", ErrandOf(random.Next(100)));
            _orders.Enqueue(order);
            await RunAsync(order, random, over);
            await Task.Delay(random.Next(100, 450), CancellationToken.None);
        }
    }

    private async Task RunAsync(ShopOrder order, Random random, CancellationToken over)
    {
        var node = random.Next(counter.Nodes);
        var amount = $"{random.Next(1, 900)}.{random.Next(100):00}";
        var quick = Payment("quick", PayerOf(random.Next(100)));
        switch (order.Errand)
        {
            case Errand.PayLater:
                await OpenAsync(order, node, amount, payment: null, over);
                await PayAsync(order, node, "pay", quick, over);
                break;
            case Errand.PayTwice:
                await OpenAsync(order, node, amount, Payment("wallet", PayerOf(random.Next(100))), over);
                await PayAsync(order, node, "again", Payment("wallet", Payers.Good), over);
                break;
            case Errand.Impatient:
                // Accepted and not executed yet, so that the institution is asked when the payer loses patience.
                await OpenAsync(order, node, amount, Payment("quick", Payers.Accept), over);
                await Task.Delay(400, CancellationToken.None);
                await PayAsync(order, node + 1, "again", Payment("quick", Payers.Good), over);
                break;
            case Errand.Close:
                await OpenAsync(order, node, amount, Payment("online_banking", PayerOf(random.Next(100))), over);
                await CloseAsync(order, over);
                break;
            case Errand.Refund:
                await OpenAsync(order, node, amount, Payment("quick", Payers.Good), over);
                await GiveBackAsync(order, node, random, over);
                break;
            case Errand.Meet:
                await MeetAsync(order, amount, quick, "key", "key", over);
                break;
            case Errand.MeetUnderTwoKeys:
                await MeetAsync(order, amount, quick, "one", "other", over);
                break;
            default:
                await OpenAsync(order, node, amount, quick, over);
                break;
        }

        if (random.Next(5) == 0)
        {
            await counter.GetAsync(order, node + 1);
        }
    }

    /// <summary>One in ten asks again under its key at once, and must get the first answer.</summary>
    private async Task OpenAsync(ShopOrder order, int node, string amount, string? payment, CancellationToken over)
    {
        var body = Body(order, amount, payment);
        var first = await counter.PostAsync(order, node, "/v1/trades", $"key-{order.OrderNo}", body, over);
        if (first is not null && order.OrderNo.EndsWith('7'))
        {
            var again = await counter.PostAsync(order, node + 1, "/v1/trades", $"key-{order.OrderNo}", body, over);
            DemandTheSame(order, first, again);
        }
    }

    private Task PayAsync(ShopOrder order, int node, string key, string payment, CancellationToken over) =>
        order.TradeNo is null
            ? Task.CompletedTask
            : counter.PostAsync(order, node, $"/v1/trades/{order.TradeNo}/payments", $"{key}-{order.OrderNo}", payment, over);

    /// <summary>When it is paid; more than is left, or than his balance covers, is refused.</summary>
    private async Task GiveBackAsync(ShopOrder order, int node, Random random, CancellationToken over)
    {
        for (var looks = 0; looks < MostLooks && order.TradeNo is { } trade && order.Finals.GetValueOrDefault(trade) != "paid"; looks++)
        {
            await counter.GetAsync(order, node + looks);
            await Task.Delay(PauseBetweenLooks, CancellationToken.None);
        }

        if (order.TradeNo is null)
        {
            return;
        }

        var path = $"/v1/trades/{order.TradeNo}/refunds";
        if (random.Next(2) == 0)
        {
            await counter.PostAsync(order, node, path, $"part-{order.OrderNo}", $$"""{"amount":{"value":"0.{{random.Next(10, 99)}}","currency":"CNY"} }""", over);
        }

        if (random.Next(2) == 0)
        {
            await counter.PostAsync(order, node, path, $"rest-{order.OrderNo}", "{}", over);
        }
    }

    private async Task MeetAsync(ShopOrder order, string amount, string payment, string oneKey, string otherKey, CancellationToken over)
    {
        var body = Body(order, amount, payment);
        var answers = await Task.WhenAll(
            counter.PostAsync(order, 0, "/v1/trades", $"{oneKey}-{order.OrderNo}", body, over),
            counter.PostAsync(order, 1, "/v1/trades", $"{otherKey}-{order.OrderNo}", body, over));
        if (oneKey == otherKey)
        {
            DemandTheSame(order, answers[0], answers[1]);
        }
    }

    private static void DemandTheSame(ShopOrder order, MerchantAnswer? first, MerchantAnswer? again)
    {
        if (first is not null && again is not null && !again.IsSameAs(first))
        {
            order.Fault($"the same request was answered with {first}, and with {again}");
        }
    }

    private string Body(ShopOrder order, string amount, string? payment) =>
        $$"""{"merchant_order_no":"{{order.OrderNo}}","amount":"{{amount}}","currency":"CNY","payer":"member-7","notify_url":"{{notifyUrl}}"{{(payment is null ? "" : $",\"payment\":{payment}")}} }""";

    private static string Payment(string method, string payer) => $$"""{"method":"{{method}}","payer_account":"{{payer}}"}""";

    private static Errand ErrandOf(int percent) => percent switch
    {
        < 6 => Errand.PayLater,
        < 11 => Errand.PayTwice,
        < 15 => Errand.Impatient,
        < 19 => Errand.Close,
        < 23 => Errand.Meet,
        < 26 => Errand.MeetUnderTwoKeys,
        < 34 => Errand.Refund,
        _ => Errand.Pay,
    };

    /// <summary>Of a hundred payers some make the institution difficult.</summary>
    private static string PayerOf(int percent) => percent switch
    {
        < 3 => Payers.TimeoutExecuted,
        < 6 => Payers.TimeoutLost,
        < 8 => Payers.NotSentOnce,
        < 10 => Payers.Garbage,
        < 13 => Payers.Accept,
        < 15 => Payers.Decline,
        _ => Payers.Good,
    };
}
