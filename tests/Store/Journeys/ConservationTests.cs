using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Tests.Support.Engine;
using Xunit;
using Xunit.Sdk;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>What is asserted after every test of an engine would notice money that went astray.</summary>
public sealed class ConservationTests : EngineTests
{
    public ConservationTests(EngineWorld world)
        : base(world) => BooksAreBrokenOnPurpose = true;

    [Theory]
    [InlineData("update institution_order set state = 'Failed' where trade_id = $1", "our books say that it failed")]
    [InlineData("delete from posting p using payment_order o where p.order_id = o.id and o.trade_id = $1", "is not posted and waits for nothing")]
    [InlineData("update institution_order set amount_minor = 1 where trade_id = $1", "ordered was")]
    [InlineData("update institution_order set channel_id = 102 where trade_id = $1", "ordered was")]
    [InlineData("update institution_order set number = '0' || number where trade_id = $1", "is not in our books")]
    [InlineData("update institution_order set number = '0' || number where trade_id = $1", "was executed 0 times")]
    [InlineData("update account set balance = balance - 1 where kind = 'ChannelReceivable' and owner_id = 103 and parent_id is null and $1 > 0", "our books say that it owes 1")]
    public async Task a_payment_that_our_books_tell_otherwise_than_the_institution_is_noticed(string lie, string complaint)
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        await Database.ExecuteAsync(lie, trade.Value);

        await NoticedAsync(complaint);
    }

    [Fact]
    public async Task money_that_moved_at_the_institution_alone_is_noticed()
    {
        await World.Bank.PayAsync(new BankRequest("10199999999", 101, new Money(100, Currency.Parse("CNY")), Payers.Good));

        await NoticedAsync("10199999999 was executed and is not in our books");
    }

    private async Task NoticedAsync(string complaint)
    {
        var alarm = await Assert.ThrowsAnyAsync<XunitException>(() => Conservation.DemandAsync(Database, World.Journal()));
        Assert.Contains(complaint, alarm.Message, StringComparison.Ordinal);
    }
}
