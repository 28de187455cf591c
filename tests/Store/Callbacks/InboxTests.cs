using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store;
using PaymentEngine.Store.Inbox;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Callbacks;

/// <summary>What is stored, what waits, and what is never applied.</summary>
[Trait("Rule", "C15")]
public sealed class InboxTests(EngineWorld world) : EngineTests(world)
{
    /// <summary>Shorter than what a callback is left to its message, and than a lease; three of them are longer.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync("truncate callback, callback_pending");
    }

    [Fact]
    public async Task a_forged_callback_is_refused_and_nothing_is_stored_C15()
    {
        var order = await OrderAsync(await OpenedAsync());
        var (headers, body) = CallbackWire.Write(order.InstitutionNumber, new ChannelOutcome.Succeeded(order.Amount, "ref", "SUCCESS"));

        for (var at = 0; at < body.Length; at++)
        {
            var forged = body.ToArray();
            forged[at] ^= 1;
            var refused = Assert.IsType<CallbackReceipt.Answered>(await Engine.Institution().SendAsync(headers, forged));
            Assert.Equal(401, refused.Answer.Status);
        }

        Assert.Equal((0, 0), await CountAsync());
    }

    [Fact]
    public async Task a_channel_that_is_not_there_receives_nothing_C15() =>
        Assert.IsType<CallbackReceipt.NoSuchChannel>(await Engine.Institution("no-such").SucceededAsync("101204003010000000000001"));

    [Fact]
    public async Task the_bytes_are_kept_as_they_came_C15()
    {
        var (headers, body) = CallbackWire.Write("101204003010000000999999", new ChannelOutcome.Failed("ä\u0001€", ""));

        await Engine.Institution().SendAsync(headers, body);

        Assert.Equal(body, await Database.ScalarAsync<byte[]>("select body from callback"));
        Assert.Equal(World.Now.UtcDateTime, await Database.ScalarAsync<DateTime>("select received_at from callback"));
    }

    [Fact]
    public async Task a_callback_before_its_order_waits_for_it_C15()
    {
        var (day, sequence) = await LastNumberAsync();
        var next = Engine.Part<DirectoryHolder>().Current.FindChannel("sim-card")!.Numbers.Format(day, sequence + 1);

        await Engine.Institution().SucceededAsync(next);
        await Engine.HandleCallbacksAsync();
        Assert.Equal((1, 1), await CountAsync());

        var trade = await OpenedAsync();
        Assert.Equal(next, (await OrderAsync(trade)).InstitutionNumber);
        Assert.Equal(1, await Engine.SweepAsync(3 * Short));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal((1, 0), await CountAsync());
    }

    [Theory]
    [InlineData("101204003010000009999999")]
    [InlineData("101199901010000000000001")]
    [InlineData("101204003020000000000001")]
    [InlineData("nobody's number")]
    public async Task a_number_that_nobody_knows_is_tried_for_ten_minutes_and_then_noted_C15(string number)
    {
        await Engine.Institution().SucceededAsync(number);

        // Minutes old: 0.5, 2, 2.5, 8, 9, 11. The longer it waits, the seldomer it is looked at.
        Assert.Equal(0, await Engine.SweepAsync(Short));
        Assert.Equal(1, await Engine.SweepAsync(3 * Short));
        Assert.Equal(0, await Engine.SweepAsync(Short));
        Assert.Equal(1, await Engine.SweepAsync(11 * Short));
        Assert.Equal(0, await Engine.SweepAsync(2 * Short));
        Assert.Equal((1, 1), await CountAsync());
        Assert.Equal(1, await Engine.SweepAsync(4 * Short));

        Assert.Equal((1, 0), await CountAsync());
        Assert.StartsWith("no order", await Database.ScalarAsync<string>("select note from callback where handled_at is null"), StringComparison.Ordinal);
        Assert.Equal(0, await Engine.SweepAsync(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task what_a_channel_says_of_an_order_of_another_is_a_difference_and_never_applied_C15()
    {
        var trade = await OpenedAsync();

        await Engine.Institution("sim-bank").SucceededAsync(await OrderAsync(trade));
        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));
        Assert.Equal((1, 0), await CountAsync());
        var note = await Database.ScalarAsync<string>("select note from callback where handled_at is null and trade_id = $1", trade.Value);
        Assert.Equal("told by channel 102 of an order of channel 101", note);
        Assert.Equal(note, await Database.ScalarAsync<string>(
            "select detail from difference where kind = $1 and order_id = $2", DifferenceKinds.WrongChannel, (await OrderAsync(trade)).Id.Value));
    }

    [Fact]
    public async Task an_order_of_a_trade_of_the_day_before_is_found_C15()
    {
        var lasting = MerchantHand.Purchase(payerAccount: null) with { Validity = TimeSpan.FromDays(3) };
        var trade = await Engine.As().OpenedAsync(lasting);
        await Engine.LetPassAsync(TimeSpan.FromDays(1));
        await Engine.As().PayAsync(trade, new StartPayment(PaymentMethod.Quick, Payers.Garbage));
        await Engine.QuietAsync();
        var order = await OrderAsync(trade);
        Assert.StartsWith("10120400302", order.InstitutionNumber, StringComparison.Ordinal);

        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal((1, 0), await CountAsync());
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task dead_between_storing_and_handling_another_nodes_sweep_handles_it_M1()
    {
        var trade = await OpenedAsync();
        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Engine.DisposeAsync();
        var other = await World.StartAsync();

        Assert.Equal(0, await other.SweepAsync(Short));
        Assert.Equal(1, await other.SweepAsync(2 * Short));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await other.StatesAsync(trade));
        Assert.Equal((1, 0), await CountAsync());
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task dead_with_claimed_callbacks_in_its_hands_they_are_claimed_again_when_the_lease_ends_M1()
    {
        var trade = await OpenedAsync();
        await Engine.Institution().SucceededAsync(await OrderAsync(trade));
        await Database.ExecuteAsync("update callback_pending set due_at = now()");
        Assert.Single(await Engine.Part<InboxStore>().ClaimAsync(10, 2 * Short, CancellationToken.None));
        await Engine.DisposeAsync();
        var other = await World.StartAsync();

        Assert.Equal(0, await other.SweepAsync(Short));
        Assert.Equal(1, await other.SweepAsync(2 * Short));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await other.StatesAsync(trade));
    }

    [Fact]
    public async Task one_that_cannot_be_read_does_not_stop_those_beside_it_C15()
    {
        ErrorsAreExpected = true;
        var (one, two) = (await OpenedAsync(), await OpenedAsync());
        await Engine.Institution().SucceededAsync(await OrderAsync(one));
        await Database.ExecuteAsync("update callback set outcome = '{\"kind\":\"Tomorrow\"}'");
        await Engine.Institution().SucceededAsync(await OrderAsync(two));

        await Engine.HandleCallbacksAsync();

        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(one));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(two));
        Assert.Equal((2, 1), await CountAsync());
    }

    private async Task<OrderId> OpenedAsync()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        await Engine.QuietAsync();
        return trade;
    }

    private async Task<InstitutionOrder> OrderAsync(OrderId trade) => (await Engine.FamilyAsync(trade)).InstitutionOrders[0];

    private async Task<(DateOnly Day, long Sequence)> LastNumberAsync()
    {
        var number = (await OrderAsync(await OpenedAsync())).InstitutionNumber;
        Assert.True(Engine.Part<DirectoryHolder>().Current.FindChannel("sim-card")!.Numbers.TryParse(number, out var day, out var sequence));
        return (day, sequence);
    }

    private async Task<(long Stored, long Waiting)> CountAsync() => (
        await Database.ScalarAsync<long>("select count(*) from callback"), await Database.ScalarAsync<long>("select count(*) from callback_pending"));
}
