using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

public sealed class DemoRoutingTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    [Fact]
    public async Task the_channels_of_the_demonstration_are_planted_once_and_are_whole()
    {
        var seed = new DemoSeed(Database.Sql, TestDatabase.Secrets);
        await seed.PlantRoutedChannelsAsync(CancellationToken.None);
        await seed.PlantRoutedChannelsAsync(CancellationToken.None);

        var directory = (await Database.DirectoryAsync());
        Assert.Equal(12, directory.Channels.Count);
        Assert.All(directory.Channels, channel =>
        {
            Assert.Equal($"{channel.Id}", channel.Numbers.Prefix);
            Assert.NotNull(channel.QueriesFor(Assert.Single(channel.Methods), PaymentKind.Refund));
            Assert.NotNull(directory.FindAccount(AccountKind.ChannelReceivable, channel.Id, Currency.Parse("CNY")));
        });
        Assert.Single(await Database.ReadAsync("select distinct count(*) from result_code group by channel_id", row => row.GetInt64(0)));

        // Before all others while no routing is in force.
        Assert.Equal(["sim-bank", "sim-card", "sim-wallet"], directory.Channels.Where(channel => channel.Priority == 100).Select(channel => channel.Code).Order());
    }
}
