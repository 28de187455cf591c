using PaymentEngine.Runtime.Directory;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>What a channel would owe us must be bookable before it takes a payer's money.</summary>
public sealed class ChannelWithoutAccountTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    [Trait("Rule", "C5")]
    public async Task it_is_never_chosen_and_operations_are_told_C5()
    {
        await Database.ExecuteAsync(
            """
            insert into channel
            select (c).* from (
                select jsonb_populate_record(channel, '{"id": 105, "code": "sim-poor", "number_prefix": "105", "priority": 500}') as c
                from channel where id = 101) copy
            """);
        await Engine.UpkeepAsync();

        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Good));
        await Engine.QuietAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(101, (await Engine.FamilyAsync(trade)).InstitutionOrders[0].ChannelId);
        Assert.Contains(
            "channel sim-poor: it has no ChannelReceivable account in any currency; nothing is sent to it",
            Engine.Part<DirectoryHolder>().Faults.Select(fault => $"{fault.Row}: {fault.Why}"));

        await Database.ExecuteAsync("select open_account('1122.01.105.CNY', 'ChannelReceivable', 105, 'CNY', 'receivable', -4611686018427387904, 16)");
        await Engine.UpkeepAsync();
        trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Good));
        await Engine.QuietAsync();

        Assert.Equal(105, (await Engine.FamilyAsync(trade)).InstitutionOrders[0].ChannelId);
        Assert.DoesNotContain(Engine.Part<DirectoryHolder>().Faults, fault => fault.Row == "channel sim-poor");
    }
}
