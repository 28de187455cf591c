using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A payer who tries again while his first attempt is in progress.</summary>
[Trait("Rule", "O5")]
public sealed class PayAgainTests(EngineWorld world) : EngineTests(world)
{
    private static readonly StartPayment Again = new(PaymentMethod.Quick, Payers.Good);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Database.ExecuteAsync("update query_plan set first_age = '10 min', window_end = '60 min' where channel_id = 101");
        await Engine.UpkeepAsync();
    }

    [Fact]
    public async Task the_first_attempt_is_asked_about_at_once_and_the_second_is_refused_O5()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(11));
        Assert.Equal("Paying Processing Processing Unknown", await Engine.StatesAsync(trade));

        var refusal = RefusalOf(await Engine.As().PayAsync(trade, Again));
        Assert.Equal((RefusalCodes.PaymentInProgress, true, TimeSpan.FromSeconds(169)), (refusal.Code, refusal.Retryable, refusal.RetryAfter));

        await Engine.HandleDueTimersAsync();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(RefusalCodes.TradeAlreadyPaid, RefusalOf(await Engine.As().PayAsync(trade, Again)).Code);
    }

    [Fact]
    public async Task while_the_call_is_out_nobody_is_asked_and_the_next_try_after_it_asks_O5()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));

        Assert.Equal(RefusalCodes.PaymentInProgress, RefusalOf(await Engine.As().PayAsync(trade, Again)).Code);
        Assert.Equal(0, await Engine.HandleDueTimersAsync());

        await Engine.LetPassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(RefusalCodes.PaymentInProgress, RefusalOf(await Engine.As().PayAsync(trade, Again)).Code);
        await Engine.HandleDueTimersAsync();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task who_keeps_trying_does_not_use_up_the_rounds_of_queries_O5()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        for (var i = 0; i < 30; i++)
        {
            await Engine.LetPassAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(RefusalCodes.PaymentInProgress, RefusalOf(await Engine.As().PayAsync(trade, Again)).Code);
        }

        await Engine.HandleDueTimersAsync();
        Assert.Equal(1, (await Engine.FamilyAsync(trade)).InstitutionOrders[0].Queries);
    }

    [Fact]
    public async Task after_three_minutes_or_a_certain_failure_the_payer_may_try_again_O5()
    {
        var slow = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        await Engine.LetPassAsync(TimeSpan.FromMinutes(3));
        Assert.IsType<DeskResult.Answered>(await Engine.As().PayAsync(slow, Again));

        var failed = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Decline));
        await Engine.QuietAsync();
        Assert.IsType<DeskResult.Answered>(await Engine.As().PayAsync(failed, Again));
        await Engine.QuietAsync();
        Assert.StartsWith("Paid ", await Engine.StatesAsync(failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task changed_facts_do_not_get_around_the_wait_O5()
    {
        var purchase = MerchantHand.Purchase(Payers.Stuck);
        await Engine.As().OpenedAsync(purchase);

        var refusal = RefusalOf(await Engine.As().OpenAsync(purchase with { Payer = "member-8", Payment = Again }));
        Assert.Equal(RefusalCodes.PaymentInProgress, refusal.Code);
        Assert.IsType<DeskResult.Answered>(
            await Engine.As().OpenAsync(purchase with { Payer = "member-8", Payment = Again with { Method = PaymentMethod.Wallet } }));
        await Engine.QuietAsync();
    }

    private static Refusal RefusalOf(DeskResult result) => Assert.IsType<DeskResult.Refused>(result).Refusal;
}
