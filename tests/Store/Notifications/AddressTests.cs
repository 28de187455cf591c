using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Notifications;

/// <summary>Nobody reaches into our own network through us: the address is checked again whenever it is connected to.</summary>
[Trait("Rule", "N2")]
public sealed class AddressTests(EngineWorld world) : NotificationTests(world)
{
    [Theory]
    [InlineData("shop-a.example", "127.0.0.1")]
    [InlineData("shop-b.example", "::ffff:127.0.0.1")]
    [InlineData("shop-c.example", "198.105.244.11", "127.0.0.1")]
    public async Task a_name_that_leads_into_our_network_is_refused_at_delivery_N2(string host, params string[] addresses)
    {
        await RegisterAsync(host, allowPrivate: false);
        await Engine.UpkeepAsync();
        World.HostNames.Move(host, addresses);

        var trade = await Engine.As().OpenedAsync(Told(url: Receiver.Url(host: host)));
        await Engine.QuietAsync();

        Assert.Empty(Receiver.Received);
        var refused = Assert.Single(await NotificationsAsync(trade));
        Assert.Equal((NotificationState.Waiting, 1, null), (refused.State, refused.Attempts, refused.LastStatus));
        Assert.StartsWith("address refused: " + host, refused.LastError, StringComparison.Ordinal);

        // The same name, connected to all the same once its origin allows it: it was refused for where it leads.
        World.HostNames.Move(host, "127.0.0.1");
        await Database.ExecuteAsync("update merchant_notify_origin set allow_private = true where host = $1", host);
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));
        Assert.Single(Receiver.Received);
    }

    [Fact]
    public async Task a_connection_made_for_who_may_is_not_lent_to_who_may_not_N2()
    {
        const string Host = "shared.example";
        var other = await Merchants.AddAsync(Database);
        await RegisterAsync(Host, allowPrivate: true);
        await RegisterAsync(Host, allowPrivate: false, other);
        await Engine.UpkeepAsync();
        World.HostNames.Move(Host, "127.0.0.1");

        await Engine.As().OpenedAsync(Told(url: Receiver.Url("may", Host)));
        await Engine.QuietAsync();
        await Engine.As(other).OpenedAsync(Told(url: Receiver.Url("may-not", Host)));
        await Engine.QuietAsync();

        Assert.Equal("/may", Assert.Single(Receiver.Received).Path);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task a_redirect_is_no_acknowledgement_and_is_not_followed_N2(int status)
    {
        Receiver.Answer = told => told.Path == "/told" ? status : 200;

        var trade = await Engine.As().OpenedAsync(Told());
        await Engine.QuietAsync();

        Assert.Equal("/told", Assert.Single(Receiver.Received).Path);
        Assert.Equal((NotificationState.Waiting, status), (await WaitingAsync(trade)));
    }

    [Fact]
    public async Task an_address_that_is_registered_no_more_is_told_nothing_N2()
    {
        const string Host = "gone.example";
        await RegisterAsync(Host, allowPrivate: true);
        await Engine.UpkeepAsync();
        World.HostNames.Move(Host, "127.0.0.1");
        var trade = await Engine.As().OpenedAsync(Told(payerAccount: null, Receiver.Url(host: Host)));
        await Database.ExecuteAsync("delete from merchant_notify_origin where host = $1", Host);
        await Engine.UpkeepAsync();

        await Engine.As().CloseAsync(trade);
        await Engine.QuietAsync();

        Assert.Empty(Receiver.Received);
        Assert.Equal("address refused: NotRegistered", Assert.Single(await NotificationsAsync(trade)).LastError);
    }

    private async Task<(NotificationState State, int? Status)> WaitingAsync(OrderId trade)
    {
        var notification = Assert.Single(await NotificationsAsync(trade));
        return (notification.State, notification.LastStatus);
    }
}
