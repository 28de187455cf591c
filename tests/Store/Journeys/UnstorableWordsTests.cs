using PaymentEngine.Core.Channels;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>An institution says characters that the database does not take. What it says counts all the same.</summary>
[Trait("Rule", "C12")]
public sealed class UnstorableWordsTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task a_success_is_booked_C12()
    {
        Engine.QueriesAreAnswered(order => new ChannelOutcome.Succeeded(order.Amount, "REF\0", "OK\0"));
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal("REF\ufffd", (await Engine.FamilyAsync(trade)).InstitutionOrders[0].InstitutionRef);
    }

    [Fact]
    public async Task what_nobody_understands_reaches_the_work_list_and_the_audit_goes_on_C12()
    {
        Engine.QueriesAreAnswered(_ => new ChannelOutcome.Unknown("WHAT\0", new UnmappedCode(ChannelInterface.Query, "a\0b", null, "{\0}")));
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromHours(27));

        Assert.Equal("Paying Processing Processing OnWorkList", await Engine.StatesAsync(trade));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from work_item where trade_id = $1", trade.Value));
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task a_callback_about_such_a_number_is_one_about_an_unknown_number_C15()
    {
        var receipt = await Engine.Institution().SucceededAsync("1012026\0");

        Assert.IsType<PaymentEngine.Runtime.Callbacks.CallbackReceipt.Answered>(receipt);
        Assert.Equal("1012026\ufffd", await Database.ScalarAsync<string>("select number from callback order by id desc limit 1"));
    }
}
