using PaymentEngine.Routing.Book;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

/// <summary>The demonstration's routing, written and agreed to as operations would.</summary>
[Trait("Rule", "C1")]
public sealed class DemoInForceTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task the_routing_of_the_demonstration_is_put_into_force_as_it_is_written_C1()
    {
        await new DemoSeed(Database.Sql, TestDatabase.Secrets).PlantRoutedChannelsAsync(CancellationToken.None);
        await Engine.UpkeepAsync();
        foreach (var (name, text) in DemoRouting.Scripts)
        {
            await Engine.PutIntoForceAsync(RoutingItem.Script(name), text);
        }

        var version = await Engine.PutIntoForceAsync(RoutingItem.Setup, DemoRouting.Setup);

        var routing = Engine.Part<RoutingHolder>().Compiled;
        Assert.Equal((version, 12), (routing.Table.Version, routing.Table.Channels.Count));
        Assert.Empty(routing.Faults);
    }
}
