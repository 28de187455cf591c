using PaymentEngine.Channels.Simulator;
using PaymentEngine.Store.Timers;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A node dies, and another one finds everything in the database.</summary>
[Trait("Rule", "M1")]
public sealed class CrashTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task dead_between_the_commit_and_the_call_the_timer_asks_and_the_number_is_sent_M1()
    {
        Engine.LosesDispatches = true;
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.DisposeAsync();
        var other = await World.StartAsync();

        await other.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal("Paying Processing Processing Unknown", await other.StatesAsync(trade));

        await other.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await other.StatesAsync(trade));
        var journal = World.Journal().Of((await other.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber).Select(entry => entry.Event).ToList();
        Assert.Equal([JournalEvent.Received, JournalEvent.Executed, JournalEvent.Answered], journal.TakeLast(3));
        Assert.All(journal.SkipLast(3), entry => Assert.Equal(JournalEvent.Queried, entry));
    }

    [Fact]
    public async Task dead_between_the_execution_and_the_result_the_query_finds_it_M1()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.DisposeAsync();
        ErrorsAreExpected = true; // The dead node's call ends when its time is over, and finds nothing to tell it to.
        var other = await World.StartAsync();

        await other.LetPassAsync(TimeSpan.FromSeconds(12));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await other.StatesAsync(trade));
        Assert.True(World.Journal().ExecutedOnce((await other.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber));
    }

    [Fact]
    public async Task dead_with_timers_in_its_hands_they_fall_due_again_when_the_lease_ends_M1()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));
        World.Clock.Advance(TimeSpan.FromMinutes(15));
        await Database.ExecuteAsync("update timer set due_at = now() where trade_id = $1", trade.Value);
        Assert.Single(await Engine.Part<TimerStore>().ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None));
        await Engine.DisposeAsync();
        var other = await World.StartAsync();

        await other.HandleDueTimersAsync();
        Assert.Equal("AwaitingPayment", await other.StatesAsync(trade));

        await Database.ExecuteAsync("update timer set due_at = now() where trade_id = $1", trade.Value);
        await other.HandleDueTimersAsync();
        Assert.Equal("Closed", await other.StatesAsync(trade));
    }

    [Fact]
    public async Task dead_nodes_numbers_are_never_given_out_again_M1()
    {
        var numbers = new HashSet<string>();
        var node = Engine;
        for (var life = 0; life < 4; life++)
        {
            for (var i = 0; i < 5; i++)
            {
                var trade = await node.As().OpenedAsync(MerchantHand.Purchase());
                Assert.True(numbers.Add((await node.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber));
            }

            await node.QuietAsync();
            await node.DisposeAsync();
            node = await World.StartAsync();
        }
    }
}
