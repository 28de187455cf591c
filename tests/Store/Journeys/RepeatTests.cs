using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>A merchant order number, or an idempotency key, that comes again.</summary>
public sealed class RepeatTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    [Trait("Rule", "O2")]
    [Trait("Rule", "O13")]
    public async Task an_identical_request_gets_the_first_answer_byte_for_byte_for_ever_O2()
    {
        var merchant = Engine.As();
        var purchase = MerchantHand.Purchase();
        var first = AnswerOf(await merchant.OpenAsync(purchase, "same-key"));

        Assert.Equal((201, first.Location), (first.Status, AnswerOf(await merchant.OpenAsync(purchase, "same-key")).Location));
        await Engine.QuietAsync();

        // The trade is paid by now, which would refuse any other repetition.
        var again = AnswerOf(await merchant.OpenAsync(purchase, "same-key"));
        Assert.Equal((first.Status, first.Location), (again.Status, again.Location));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(MerchantHand.TradeOf(new DeskResult.Answered(first))));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_with_another_body_is_refused_O13()
    {
        var merchant = Engine.As();
        var trade = await merchant.OpenedAsync(MerchantHand.Purchase(payerAccount: null), "one-body");

        Assert.Equal((RefusalCodes.IdempotencyKeyReused, 422), CodeOf(await merchant.OpenAsync(MerchantHand.Purchase(), "one-body")));
        Assert.Equal((RefusalCodes.IdempotencyKeyReused, 422), CodeOf(await merchant.CloseAsync(trade, "one-body")));
        Assert.Equal("AwaitingPayment", await Engine.StatesAsync(trade));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task keys_are_the_merchants_own_O13()
    {
        var other = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        var purchase = MerchantHand.Purchase();

        var one = await Engine.As().OpenedAsync(purchase, "shared-key");
        var two = await Engine.As(other).OpenedAsync(purchase, "shared-key");
        await Engine.QuietAsync();

        Assert.NotEqual(one, two);
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(two));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task a_refusal_is_not_remembered_O13()
    {
        var merchant = Engine.As();
        var trade = await merchant.OpenedAsync(MerchantHand.Purchase(Payers.NotSentOnce));
        await Engine.QuietAsync();
        await Merchants.SetAccountStatusAsync(Database, "M1001", "Open");
        var closed = await merchant.OpenedAsync(MerchantHand.Purchase(payerAccount: null));
        await merchant.CloseAsync(closed);
        var pay = new StartPayment(PaymentMethod.Wallet, Payers.Good);

        Assert.Equal(RefusalCodes.TradeClosed, CodeOf(await merchant.PayAsync(closed, pay, "refused-once")).Code);
        Assert.Equal(201, AnswerOf(await merchant.PayAsync(trade, pay, "refused-once")).Status);
        await Engine.QuietAsync();

        // The new payment paid it; the earlier one, of which nothing was sent, is given up.
        await Engine.LetPassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("Paid Failed Succeeded Failed Succeeded Failed Succeeded", await Engine.StatesAsync(trade));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task after_thirty_days_the_answer_is_gone_and_the_key_is_not_O13()
    {
        var purchase = MerchantHand.Purchase();
        await Engine.As().OpenAsync(purchase, "old-key");
        await Engine.LetPassAsync(TimeSpan.FromDays(31));

        Assert.Equal((RefusalCodes.IdempotencyAnswerGone, 409), CodeOf(await Engine.As().OpenAsync(purchase, "old-key")));
        Assert.Equal((RefusalCodes.IdempotencyKeyReused, 422), CodeOf(await Engine.As().OpenAsync(MerchantHand.Purchase(), "old-key")));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task an_unpaid_trade_with_the_same_facts_is_continued_O2()
    {
        var merchant = Engine.As();
        var purchase = MerchantHand.Purchase(payerAccount: null);
        var trade = await merchant.OpenedAsync(purchase);

        var again = await merchant.OpenAsync(purchase with { Description = "Three tickets", Payment = new StartPayment(PaymentMethod.Quick, Payers.Good) });

        Assert.Equal(200, AnswerOf(again).Status);
        Assert.Equal(trade, MerchantHand.TradeOf(again));
        await Engine.QuietAsync();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal("Two tickets", (await Engine.FamilyAsync(trade)).Trade.Description);
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task while_a_payment_is_under_way_the_same_facts_start_no_second_O2()
    {
        var merchant = Engine.As();
        var purchase = MerchantHand.Purchase(Payers.TimeoutExecuted);
        var trade = await merchant.OpenedAsync(purchase);

        Assert.Equal(trade, await merchant.OpenedAsync(purchase));

        Assert.Equal("Paying Processing Processing Sending", await Engine.StatesAsync(trade));
        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("payer")]
    [InlineData("payee")]
    [Trait("Rule", "O2")]
    public async Task changed_facts_start_a_new_payment_and_a_late_success_of_the_old_is_surplus_O2(string changed)
    {
        var merchant = Engine.As();
        var purchase = MerchantHand.Purchase(Payers.TimeoutExecuted);
        var trade = await merchant.OpenedAsync(purchase);
        var latest = purchase with { Payment = new StartPayment(PaymentMethod.Wallet, Payers.Good) };
        latest = changed switch
        {
            "amount" => latest with { Amount = latest.Amount with { Minor = 7_700 } },
            "payer" => latest with { Payer = "member-8" },
            _ => latest with { Payee = "shop-3" },
        };

        var again = await merchant.OpenAsync(latest);
        await Engine.QuietAsync();

        Assert.Equal((200, trade), (AnswerOf(again).Status, MerchantHand.TradeOf(again)));
        var family = await Engine.FamilyAsync(trade);
        Assert.Equal((2, latest.Amount, latest.Payer, latest.Payee), (family.Trade.Revision, family.Trade.Amount, family.Trade.Payer, family.Trade.Payee));
        Assert.Equal("Paid Processing Succeeded Processing Succeeded Sending Succeeded", await Engine.StatesAsync(trade));
        Assert.Equal(family.Payments[1].Id, family.Trade.PaidBy);

        await Engine.LetPassAsync(TimeSpan.FromSeconds(12));

        var after = await Engine.FamilyAsync(trade);
        Assert.Equal(["Surplus", "Succeeded", "Succeeded"], after.Payments.Select(payment => payment.State));
        Assert.True(after.Payments[2].IsRefund);
        Assert.Equal("surplus", await Database.ScalarAsync<string>(
            "select kind from difference where order_id = $1 and closed_at is not null", after.Payments[2].RefundOf.Value));
        var entries = (await Engine.JourneyAsync(trade)).Entries;
        Assert.Equal(
            [("receivable from channel", -8_800L), ("suspense", 8_800L)],
            entries.Where(entry => entry.Payment == after.Payments[0].Id).Select(entry => (entry.AccountName, entry.Amount.Minor)));
        Assert.Equal(
            [("suspense", -8_800L), ("receivable from channel", 8_800L)],
            entries.Where(entry => entry.Payment == after.Payments[2].Id).Select(entry => (entry.AccountName, entry.Amount.Minor)));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task a_changed_currency_is_refused_O2()
    {
        var purchase = MerchantHand.Purchase(payerAccount: null);
        var trade = await Engine.As().OpenedAsync(purchase);

        var refusal = RefusalOf(await Engine.As().OpenAsync(purchase with { Amount = new Money(8_800, Currency.Parse("USD")) }));

        Assert.Equal((RefusalCodes.CurrencyChanged, 409, (OrderId?)trade), (refusal.Code, refusal.Status, refusal.Trade));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task a_trade_that_has_succeeded_is_refused_with_the_trade_in_the_answer_O2()
    {
        var purchase = MerchantHand.Purchase();
        var trade = await Engine.As().OpenedAsync(purchase);
        await Engine.QuietAsync();

        var refusal = RefusalOf(await Engine.As().OpenAsync(purchase));

        Assert.Equal((RefusalCodes.TradeAlreadyPaid, 409, (OrderId?)trade), (refusal.Code, refusal.Status, refusal.Trade));
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task a_strict_merchant_is_refused_any_repetition_but_the_identical_request_O2()
    {
        var strict = await Merchants.AddAsync(Database, repeats: "Strict");
        await Engine.UpkeepAsync();
        var merchant = Engine.As(strict);
        var purchase = MerchantHand.Purchase(payerAccount: null);
        var first = await merchant.OpenAsync(purchase, "strict-key");

        var refusal = RefusalOf(await merchant.OpenAsync(purchase));

        Assert.Equal((RefusalCodes.MerchantOrderNoTaken, 409, (OrderId?)MerchantHand.TradeOf(first)), (refusal.Code, refusal.Status, refusal.Trade));
        Assert.Equal(AnswerOf(first).Body, AnswerOf(await merchant.OpenAsync(purchase, "strict-key")).Body);
    }

    private static Core.Units.Answer AnswerOf(DeskResult result) => Assert.IsType<DeskResult.Answered>(result).Answer;

    private static Refusal RefusalOf(DeskResult result) => Assert.IsType<DeskResult.Refused>(result).Refusal;

    private static (string Code, int Status) CodeOf(DeskResult result) => (RefusalOf(result).Code, RefusalOf(result).Status);
}
