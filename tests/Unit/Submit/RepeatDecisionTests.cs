using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Submit;

/// <summary>What becomes of a merchant order number that is submitted again, as a table.</summary>
[Trait("Rule", "O2")]
public sealed class RepeatDecisionTests
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly OpenTrade Same = new(
        "A-1", new Money(8800, Currency.Parse("CNY")), "member-7", "shop-3", "Two tickets", TimeSpan.FromMinutes(15),
        new StartPayment(PaymentMethod.Wallet, "6222"));

    [Fact]
    public void the_same_facts_continue_the_trade_and_start_a_payment_when_none_is_in_flight() =>
        Assert.Equal(new RepeatDecision.Continue(StartPayment: true), Decide(Trade(), Same));

    [Fact]
    public void a_payment_in_flight_is_not_joined_by_a_second_one() =>
        Assert.Equal(new RepeatDecision.Continue(StartPayment: false), Decide(Trade(inFlight: true), Same));

    [Fact]
    public void without_a_payment_in_the_request_none_is_started() =>
        Assert.Equal(new RepeatDecision.Continue(StartPayment: false), Decide(Trade(), Same with { Payment = null }));

    [Fact]
    public void a_changed_description_never_matters() =>
        Assert.Equal(new RepeatDecision.Continue(StartPayment: true), Decide(Trade(), Same with { Description = "Three tickets" }));

    public static TheoryData<string> KeyFacts => ["amount", "payer", "payee", "payee gone"];

    [Theory]
    [MemberData(nameof(KeyFacts))]
    public void a_changed_key_fact_revises_the_trade_also_while_a_payment_is_in_flight(string fact)
    {
        var again = fact switch
        {
            "amount" => Same with { Amount = new Money(8801, Same.Amount.Currency) },
            "payer" => Same with { Payer = "member-8" },
            "payee" => Same with { Payee = "shop-4" },
            _ => Same with { Payee = null },
        };
        Assert.Equal(new RepeatDecision.Revise(), Decide(Trade(), again));
        Assert.Equal(new RepeatDecision.Revise(), Decide(Trade(inFlight: true), again));
    }

    [Fact]
    public void a_changed_currency_is_refused() =>
        AssertRefused(RefusalCodes.CurrencyChanged, Decide(Trade(), Same with { Amount = new Money(8800, Currency.Parse("USD")) }));

    [Theory]
    [InlineData(TradeStates.Paid, RefusalCodes.TradeAlreadyPaid)]
    [InlineData(TradeStates.Closing, RefusalCodes.TradeClosed)]
    [InlineData(TradeStates.Closed, RefusalCodes.TradeClosed)]
    public void a_trade_that_takes_no_payment_is_named_in_the_refusal(string state, string code) =>
        AssertRefused(code, Decide(Trade(state), Same));

    [Fact]
    [Trait("Rule", "O3")]
    public void past_its_validity_no_payment_starts() =>
        AssertRefused(RefusalCodes.TradeExpired, RepeatDecision.Decide(Trade(), Same, RepeatMode.Continue, Opened + Same.Validity));

    [Fact]
    public void a_strict_merchant_has_any_repeat_refused() =>
        AssertRefused(RefusalCodes.MerchantOrderNoTaken, RepeatDecision.Decide(Trade(), Same, RepeatMode.Strict, Opened));

    [Fact]
    public void a_trade_has_a_limited_number_of_payments()
    {
        var family = Trade();
        for (var i = 0; i < TradeChecks.MostPayments; i++)
        {
            family.Add(Payment(family.Trade, PaymentStates.Failed));
        }

        AssertRefused(RefusalCodes.TooManyPayments, Decide(family, Same));
    }

    private static RepeatDecision Decide(TradeFamily family, OpenTrade again) =>
        RepeatDecision.Decide(family, again, RepeatMode.Continue, Opened.AddMinutes(1));

    private static void AssertRefused(string code, RepeatDecision decision)
    {
        var refusal = Assert.IsType<RepeatDecision.Refuse>(decision).Refusal;
        Assert.Equal((code, 409, false), (refusal.Code, refusal.Status, refusal.Retryable));
        Assert.Equal(new OrderId(1), refusal.Trade);
    }

    private static TradeFamily Trade(string state = TradeStates.AwaitingPayment, bool inFlight = false)
    {
        var family = new TradeFamily(new TradeOrder
        {
            Id = new OrderId(1),
            TradeId = new OrderId(1),
            State = inFlight ? TradeStates.Paying : state,
            MerchantId = 1,
            MerchantOrderNo = Same.MerchantOrderNo,
            Amount = Same.Amount,
            Payer = Same.Payer,
            Payee = Same.Payee,
            Description = Same.Description,
            CreatedAt = Opened,
            ExpiresAt = Opened + Same.Validity,
        });
        if (inFlight)
        {
            family.Add(Payment(family.Trade, PaymentStates.Processing));
        }

        return family;
    }

    private static PaymentOrder Payment(TradeOrder trade, string state) => new()
    {
        Id = new OrderId(2),
        TradeId = trade.Id,
        State = state,
        Amount = trade.Amount,
        CreatedAt = Opened,
        Kind = PaymentKind.Payment,
        Method = PaymentMethod.Wallet,
        Revision = trade.Revision,
        RequestSerial = "request-1",
        ExpiresAt = Opened + PaymentOrder.Lifetime,
    };
}
