using System.Text.Json.Nodes;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Units;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Notifications;

/// <summary>Every final change is told: signed, at least once, always under the same id.</summary>
[Trait("Rule", "N1")]
public sealed class DeliveryTests(EngineWorld world) : NotificationTests(world)
{
    [Fact]
    public async Task a_paid_trade_is_told_once_and_signed_N1()
    {
        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.LetPassAsync(TimeSpan.FromDays(2));

        var told = Assert.Single(Receiver.Received);
        Assert.Equal(("POST", "/told", "application/json"), (told.Method, told.Path, told.ContentType));
        Assert.True(told.IsSignedWith(await SecretAsync()));
        Assert.False(told.IsSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        Assert.Equal((told.Id, "trade.paid"), ((string)told.Json["id"]!, told.Type));

        var notification = Assert.Single(await NotificationsAsync(trade));
        Assert.Equal(
            (told.Id, NotificationKind.TradePaid, NotificationState.Delivered, 1, 204),
            (Notification.NameOf(notification.Id), notification.Kind, notification.State, notification.Attempts, notification.LastStatus));
        Assert.Equal(0, await CountAsync("timer where kind = 'Notify'"));
    }

    [Fact]
    public async Task what_is_told_is_the_trade_as_an_answer_tells_it_N1()
    {
        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.QuietAsync();

        var told = Assert.Single(Receiver.Received).Json["data"]!["trade"]!.AsObject();

        var family = await Engine.FamilyAsync(trade);
        var answer = JsonNode.Parse(Engine.Part<Runtime.Submit.ITradeAnswerWriter>().Write(family, family.RequestSerialOf(trade)!, "en"))!;
        Assert.Equal("paid", (string)told["state"]!);
        Assert.Equal(answer.ToJsonString(), told.ToJsonString());
    }

    [Fact]
    public async Task a_failed_payment_and_a_closed_trade_are_told_each_under_its_own_id_N1()
    {
        var trade = await Engine.As().OpenedAsync(Told(Payers.Decline));
        await Engine.QuietAsync();
        await Engine.As().CloseAsync(trade);
        await Engine.QuietAsync();

        Assert.Equal(["payment.failed", "trade.closed"], Receiver.Received.Select(told => told.Type));
        Assert.Equal(2, Receiver.Received.Select(told => told.Id).Distinct().Count());
        Assert.Equal((await Engine.FamilyAsync(trade)).Payments[0].Number, (string)Receiver.Received[0].Json["data"]!["payment_no"]!);
    }

    [Fact]
    public async Task dead_between_the_commit_and_the_delivery_another_node_tells_it_N1()
    {
        Engine.LosesNotifications = true;
        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.QuietAsync();
        await Engine.DisposeAsync();
        Assert.Empty(Receiver.Received);
        var other = await World.StartAsync();

        await other.LetPassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("trade.paid", Assert.Single(Receiver.Received).Type);
        Assert.Equal(NotificationState.Delivered, Assert.Single((await other.JourneyAsync(trade)).Notifications).State);
    }

    [Fact]
    public async Task a_trade_whose_merchant_polls_writes_nothing_N1()
    {
        var before = (await CountAsync("notification"), await CountAsync("timer where kind = 'Notify'"));

        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(before, (await CountAsync("notification"), await CountAsync("timer where kind = 'Notify'")));
        Assert.Empty(Receiver.Received);
    }

    [Fact]
    public async Task a_repeat_of_the_order_number_changes_nothing_of_where_it_is_told_N1()
    {
        var purchase = Told(payerAccount: null);
        var trade = await Engine.As().OpenedAsync(purchase);
        await Engine.As().OpenedAsync(purchase with { NotifyUrl = Receiver.Url("other") });
        await Engine.As().CloseAsync(trade);
        await Engine.QuietAsync();

        Assert.Equal("/told", Assert.Single(Receiver.Received).Path);
    }
}
