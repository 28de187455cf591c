using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Store.Notifications;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Merchants;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Notifications;

/// <summary>What is not acknowledged is told again on a schedule; one merchant's silence is nobody else's.</summary>
[Trait("Rule", "N3")]
public sealed class RetryTests(EngineWorld world) : NotificationTests(world)
{
    /// <summary>More than a lane has attempts under way.</summary>
    private const int Flood = 540;

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(304)]
    public async Task what_is_refused_is_told_again_with_the_same_id_and_body_N3(int status)
    {
        Receiver.Answer = _ => Receiver.Received.Count < 3 ? status : 200;
        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.QuietAsync();
        Assert.Single(Receiver.Received);
        Assert.Equal((NotificationState.Waiting, 1, status), await StateAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(2, Receiver.Received.Count);

        await Engine.LetPassAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(2, Receiver.Received.Count);
        await Engine.LetPassAsync(TimeSpan.FromDays(2));

        Assert.Equal(3, Receiver.Received.Count);
        Assert.Equal((NotificationState.Delivered, 3, 200), await StateAsync(trade));
        var secret = await SecretAsync();
        Assert.All(Receiver.Received, told => Assert.True(told.IsSignedWith(secret)));
        Assert.Single(Receiver.Received.Select(told => (told.Id, Convert.ToHexString(told.Body))).Distinct());
        var first = Receiver.Received[0].Timestamp;
        Assert.Equal([0, 15, 75], Receiver.Received.Select(told => told.Timestamp - first));
    }

    [Fact]
    public async Task who_does_not_answer_in_time_is_told_again_N3()
    {
        Receiver.Answer = _ => Receiver.Received.Count < 2 ? NotificationReceiver.Never : 200;
        var trade = await Engine.As().OpenedAsync(Told());
        await Eventually.BecomesTrueAsync(() => Receiver.Holding == 1, "the merchant holds the request");

        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BecomesTrueAsync(async () => (await StateAsync(trade)).Attempts == 1, "the attempt is given up");
        Assert.Equal("time-out", (await NotificationsAsync(trade))[0].LastError);
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(2, Receiver.Received.Count);
        Assert.Single(Receiver.Received.Select(told => told.Id).Distinct());
        Assert.Equal((NotificationState.Delivered, 2, 200), await StateAsync(trade));
    }

    [Fact]
    public async Task after_eight_attempts_in_24_hours_it_is_listed_and_can_be_sent_again_N3()
    {
        Receiver.Answer = _ => 503;
        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.LetPassAsync(TimeSpan.FromDays(3));

        var first = Receiver.Received[0].Timestamp;
        Assert.Equal([0, 15, 75, 375, 2_175, 9_375, 30_975, 84_975], Receiver.Received.Select(told => told.Timestamp - first));
        Assert.Equal((NotificationState.Exhausted, 8, 503), await StateAsync(trade));
        var notification = Assert.Single(await NotificationsAsync(trade)).Id;
        Assert.Equal(
            "merchant was not told of TradePaid after 8 attempts: status 503",
            await Database.ScalarAsync<string>("select reason from work_item where order_id = $1", notification.Value));
        Assert.Equal(0, await CountAsync("timer where kind = 'Notify'"));
        Assert.Equal(1, await CountAsync("alert_signal where kind = 'notification_exhausted' and subject = 'M1001' and text like '%: status 503'"));

        Receiver.Answer = _ => 200;
        Assert.Equal(1, await Engine.Part<NotificationStore>().SendAgainAsync([notification], World.Now, CancellationToken.None));
        await Engine.LetPassAsync(TimeSpan.Zero);

        Assert.Equal((NotificationState.Delivered, 1, 200), await StateAsync(trade));
        Assert.Equal(0, await CountAsync("work_item"));
        Assert.Single(Receiver.Received.Select(told => told.Id).Distinct());
    }

    [Fact]
    public async Task a_merchant_that_does_not_answer_never_delays_another_N3()
    {
        var slow = await MerchantInLaneAsync(Engine.As().Merchant.Id);
        await RegisterAsync("127.0.0.1", allowPrivate: true, slow);
        await Engine.UpkeepAsync();
        World.HeldByMerchants = () => int.MaxValue;
        Receiver.Answer = told => told.Path == "/slow" ? NotificationReceiver.Never : 200;
        var hand = Engine.As(slow);
        await Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => hand.OpenedAsync(Told(url: Receiver.Url("slow")))));
        await Engine.QuietAsync();
        await Eventually.BecomesTrueAsync(() => Receiver.Holding == 64, "the slow merchant holds all that one merchant may");
        var lane = Engine.Part<NotificationDesk>();
        await Eventually.BecomesTrueAsync(() => lane.InHand == Flood, "the rest waits");

        var trade = await Engine.As().OpenedAsync(Told());

        await Eventually.BecomesTrueAsync(
            async () => await NotificationsAsync(trade) is [{ State: NotificationState.Delivered, Attempts: 1, LastStatus: 200 }],
            "the other merchant has been told");
        Assert.Equal(64, Receiver.Holding);

        // Its silence costs it its turns: what is tried again is a few at a time.
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BecomesTrueAsync(() => lane.InHand <= 204, "what waited is left to its timers");
        await Eventually.BecomesTrueAsync(() => Receiver.Holding == 4, "few are under way");
    }

    private async Task<(NotificationState State, int Attempts, int? Status)> StateAsync(OrderId trade)
    {
        var notification = Assert.Single(await NotificationsAsync(trade));
        return (notification.State, notification.Attempts, notification.LastStatus);
    }

    /// <summary>A merchant that shares its lane with this one.</summary>
    private async Task<string> MerchantInLaneAsync(int merchant)
    {
        var desk = Engine.Part<NotificationDesk>();
        while (true)
        {
            var number = await Merchants.AddAsync(Database);
            if (desk.LaneOf(await Database.ScalarAsync<int>("select id from merchant where number = $1", number)) == desk.LaneOf(merchant))
            {
                return number;
            }
        }
    }
}
