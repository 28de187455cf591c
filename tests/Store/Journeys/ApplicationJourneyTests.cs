using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.QueryBack;
using PaymentEngine.Runtime.Upkeep;
using PaymentEngine.Store.Orders;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A channel that is called by a process of its own: an engine, an application, one database, and messages that may be lost.</summary>
[Trait("Rule", "C16")]
public sealed class ApplicationJourneyTests(EngineWorld world) : EngineTests(world)
{
    private const string App = "card-app";
    private const string Paid = "Paid Succeeded Succeeded Succeeded";

    public override async Task InitializeAsync()
    {
        await Database.ExecuteAsync(
            $"update channel set application = '{App}' where code = 'sim-card'; update channel_connection set maximum_parallel = 20000");
        await base.InitializeAsync();
    }

    [Fact]
    public async Task the_engine_hands_over_and_the_application_claims_calls_and_commits_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        var application = await World.StartApplicationAsync(App);
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));
        Assert.Empty(World.Journal().Of((await OrderAsync(trade)).InstitutionNumber));

        await Engine.TellAsync(application, App);

        Assert.Equal(Paid, await Engine.StatesAsync(trade));
        var journey = await Engine.JourneyAsync(trade);
        Assert.Equal(["broker", "channel"], journey.Transitions.Where(t => t.Step.Order == journey.Family.InstitutionOrders[0].Id).Skip(1).Select(t => t.Actor));
        Assert.Single(journey.Transitions.Select(t => t.RequestSerial).Distinct());
    }

    [Fact]
    public async Task a_message_that_was_lost_is_made_up_for_by_the_timer_in_the_application_s_lane_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        var application = await World.StartApplicationAsync(App);

        await Engine.LetPassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));

        await application.HandleDueTimersAsync();
        Assert.Equal(Paid, await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task an_application_that_nobody_runs_is_seen_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Database.ExecuteAsync("update timer set due_at = now() - interval '1 min' where lane = $1", App);

        Assert.Equal(1, (await Engine.Part<WorkListStore>().CountAsync(CancellationToken.None)).Overdue[App]);
        await Engine.Part<WorkWatch>().LookAsync(CancellationToken.None);

        var application = await World.StartApplicationAsync(App);
        await application.HandleDueTimersAsync();
        Assert.Equal(Paid, await Engine.StatesAsync(trade));
        Assert.Empty((await Engine.Part<WorkListStore>().CountAsync(CancellationToken.None)).Overdue);
    }

    [Fact]
    public async Task told_twice_and_by_the_timer_at_once_two_processes_of_the_application_send_once_C16()
    {
        var (one, other) = (await World.StartApplicationAsync(App), await World.StartApplicationAsync(App));
        var trades = new List<OrderId>();
        for (var i = 0; i < 40; i++)
        {
            trades.Add(await Engine.As().OpenedAsync(MerchantHand.Purchase()));
        }

        World.Clock.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(Engine.TellAsync(one, App), Engine.TellAsync(other, App), one.HandleDueTimersAsync(), other.HandleDueTimersAsync());

        foreach (var trade in trades)
        {
            Assert.Equal(Paid, await Engine.StatesAsync(trade));
            Assert.Equal(1, (await OrderAsync(trade)).Sends);
        }
    }

    [Fact]
    public async Task questions_are_asked_by_the_application_C12_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        var application = await World.StartApplicationAsync(App);
        await Engine.TellAsync(application, App);

        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));

        await application.HandleDueTimersAsync();
        Assert.Equal(Paid, await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task dead_between_its_claim_and_the_call_its_successor_asks_and_sends_the_number_again_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        var application = await World.StartApplicationAsync(App);
        application.LosesDispatches = true;
        await Engine.TellAsync(application, App);
        await application.DisposeAsync();
        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));

        var successor = await World.StartApplicationAsync(App);
        await successor.LetPassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Paid, await Engine.StatesAsync(trade));
        Assert.True(World.Journal().ExecutedOnce((await OrderAsync(trade)).InstitutionNumber));
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task what_no_application_took_ends_as_not_sent_and_one_that_comes_later_sends_nothing_C16()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());

        await Engine.LetPassAsync(TimeSpan.FromMinutes(15));

        Assert.Equal("Closed Failed Failed Failed", await Engine.StatesAsync(trade));
        Assert.Equal("not_sent", (await Engine.FamilyAsync(trade)).Payments[0].Failure);
        var application = await World.StartApplicationAsync(App);
        await Engine.TellAsync(application, App);
        await application.HandleDueTimersAsync();
        Assert.Empty(World.Journal().Of((await OrderAsync(trade)).InstitutionNumber));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from timer where trade_id = $1 and kind <> 'Notify'", trade.Value));
    }

    [Fact]
    [Trait("Rule", "C7")]
    public async Task an_application_claims_no_more_than_its_line_takes_up_soon_C7_C16()
    {
        await Database.ExecuteAsync("update channel_connection set maximum_parallel = 1");
        var silent = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        var application = await World.StartApplicationAsync(App);
        await Engine.TellAsync(application, App);
        Assert.Equal("Sending", (await OrderAsync(silent)).State);
        var others = new List<OrderId>();
        for (var i = 0; i < 10; i++)
        {
            others.Add(await Engine.As().OpenedAsync(MerchantHand.Purchase()));
        }

        // The only place is taken for the whole send window; one more order may wait for it, the others stay as they are.
        World.Clock.Advance(TimeSpan.FromSeconds(3));
        await Database.ExecuteAsync("update timer set due_at = now() where lane = $1 and kind = 'Dispatch'", App);
        await application.Part<TimerPump>().PumpOnceAsync(CancellationToken.None);
        var sends = await Task.WhenAll(others.Select(async trade => (await OrderAsync(trade)).Sends));
        Assert.Equal(1, sends.Sum(send => send));

        // The first call ends, and what waited behind it.
        World.Clock.Advance(TimeSpan.FromSeconds(10));
        await application.LetPassAsync(TimeSpan.FromMinutes(2));
        foreach (var trade in others.Append(silent))
        {
            Assert.Equal(Paid, await Engine.StatesAsync(trade));
        }
    }

    [Fact]
    public async Task a_channel_that_moves_takes_its_questions_along_C16()
    {
        await Database.ExecuteAsync("update channel set application = 'engine'");
        await Engine.UpkeepAsync();
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Garbage));
        await Engine.QuietAsync();
        await Database.ExecuteAsync("update channel set application = $1 where code = 'sim-card'", App);
        var application = await World.StartApplicationAsync(App);

        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));
        await application.HandleDueTimersAsync();
        Assert.Equal(Paid, await Engine.StatesAsync(trade));
    }

    private async Task<InstitutionOrder> OrderAsync(OrderId trade) => (await Engine.FamilyAsync(trade)).InstitutionOrders[0];
}
