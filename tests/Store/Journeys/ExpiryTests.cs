using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A trade's end without a payment: by its validity, or by the merchant.</summary>
[Trait("Rule", "O3")]
public sealed class ExpiryTests(EngineWorld world) : EngineTests(world)
{
    private static readonly StartPayment Good = new(PaymentMethod.Quick, Payers.Good);

    [Fact]
    public async Task past_its_validity_a_trade_closes_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));

        await Engine.LetPassAsync(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("AwaitingPayment", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Closed", await Engine.StatesAsync(trade));
        Assert.Empty((await Engine.JourneyAsync(trade)).Timers);
        Assert.Equal(RefusalCodes.TradeClosed, CodeOf(await Engine.As().PayAsync(trade, Good)));
    }

    [Fact]
    public async Task past_its_validity_no_payment_starts_even_before_the_timer_came_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));
        World.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(RefusalCodes.TradeExpired, CodeOf(await Engine.As().PayAsync(trade, Good)));
    }

    [Fact]
    public async Task a_payment_in_flight_outlives_the_validity_and_still_pays_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted) with { Validity = TimeSpan.FromSeconds(5) });

        await Engine.LetPassAsync(TimeSpan.FromSeconds(8));
        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task a_payment_that_fails_after_the_validity_closes_the_trade_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce) with { Validity = TimeSpan.FromMilliseconds(500) });
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("Closed Failed Failed Failed", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task the_merchant_closes_a_trade_that_nobody_pays_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));

        var answer = await Engine.As().CloseAsync(trade);

        Assert.Equal(200, Assert.IsType<DeskResult.Answered>(answer).Answer.Status);
        Assert.Equal("Closed", await Engine.StatesAsync(trade));
        Assert.Empty((await Engine.JourneyAsync(trade)).Timers);
        Assert.IsType<DeskResult.Answered>(await Engine.As().CloseAsync(trade));
    }

    [Fact]
    public async Task closed_while_paying_it_waits_and_a_success_still_pays_it_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.As().CloseAsync(trade);
        Assert.Equal("Closing Processing Processing Sending", await Engine.StatesAsync(trade));
        Assert.Equal(RefusalCodes.TradeClosed, CodeOf(await Engine.As().PayAsync(trade, Good)));

        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));

        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    public async Task closed_while_nothing_has_left_the_building_it_closes_at_once_O3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.QuietAsync();
        Assert.Equal("Paying Processing Processing Ready", await Engine.StatesAsync(trade));

        await Engine.As().CloseAsync(trade);

        Assert.Equal("Closed Failed Failed Failed", await Engine.StatesAsync(trade));
        Assert.Equal(0, World.Journal().Executions((await Engine.FamilyAsync(trade)).InstitutionOrders[0].InstitutionNumber));
    }

    [Fact]
    public async Task a_paid_trade_cannot_be_closed()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();

        Assert.Equal(RefusalCodes.TradeAlreadyPaid, CodeOf(await Engine.As().CloseAsync(trade)));
    }

    private static string CodeOf(DeskResult result) => Assert.IsType<DeskResult.Refused>(result).Refusal.Code;
}
