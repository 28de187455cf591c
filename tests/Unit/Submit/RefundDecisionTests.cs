using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Submit;

/// <summary>Whether a merchant may give back what he wants to, and whether it is a void, as a table.</summary>
[Trait("Rule", "O9")]
public sealed class RefundDecisionTests
{
    private const long Paid = 88_00;
    private const long Fee = 53;

    private static readonly Currency Cny = Currency.Parse("CNY");
    private static readonly DateOnly Today = new(2026, 11, 20);
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly OrderId Original = new(4);
    private static readonly BookedPayment SameDay = new(Today, Minor(Fee), Today);
    private static readonly BookedPayment NextDay = new(Today, Minor(Fee), Today.AddDays(1));

    /// <summary>Amount or null for all, what was given back before, whether the day is over, then what it is.</summary>
    [Theory]
    [InlineData(null, 0, false, RefundKind.Void, Paid)]
    [InlineData(Paid, 0, false, RefundKind.Void, Paid)]
    [InlineData(Paid - 1, 0, false, RefundKind.Refund, Paid - 1)]
    [InlineData(1L, 0, false, RefundKind.Refund, 1)]
    [InlineData(null, 1, false, RefundKind.Refund, Paid - 1)]
    [InlineData(null, 0, true, RefundKind.Refund, Paid)]
    [InlineData(Paid, 0, true, RefundKind.Refund, Paid)]
    [InlineData(null, 30_00, true, RefundKind.Refund, Paid - 30_00)]
    public void all_of_it_on_its_own_day_is_a_void_and_everything_else_a_refund_O9(
        long? amount, long before, bool nextDay, RefundKind kind, long expected)
    {
        var begin = Begun(Decide(Trade(before), amount, nextDay ? NextDay : SameDay));

        Assert.Equal((kind, Minor(expected), Original), (begin.Terms.Kind, begin.Amount, begin.Original));
        Assert.Equal(kind == RefundKind.Void ? Today : null, begin.OnlyOn);
    }

    [Fact]
    public void what_failed_before_was_not_given_back_O9() =>
        Assert.Equal(RefundKind.Void, Begun(Decide(Trade(30_00, PaymentStates.Failed), null, SameDay)).Terms.Kind);

    /// <summary>What left us after all with its share of the fee, whether 30.00 are under way beside it, then what is left of 88.00 and of the fee.</summary>
    [Theory]
    [Trait("Rule", "C15")]
    [InlineData(30_00, 18, false, 58_00, 35)]
    [InlineData(30_00, 18, true, 28_00, 17)]
    [InlineData(58_00, 60, false, 30_00, 0)] // with others more than its share of the fee had gone back
    [InlineData(Paid, 53, false, 0, 0)]
    [InlineData(Paid, 53, true, 0, 0)] // more than was paid is with the payer
    public void what_failed_and_left_us_after_all_was_given_back_O9(long minor, long feeBack, bool besideAnother, long left, long fee)
    {
        var family = Trade();
        family.Add(Refund(5, minor, PaymentStates.Failed, Terms(feeBack)));
        family.Add(Instruction(6, payment: 5));
        family.Add(Order(7, InstitutionOrderStates.Failed, instruction: 6));
        if (besideAnother)
        {
            family.Add(Refund(8, 30_00, PaymentStates.Processing, Terms(18)));
        }

        Assert.Equal(besideAnother ? 2 : 1, family.RefundsThatCount.Count());
        if (left > 0)
        {
            var begin = Begun(Decide(family, null, SameDay, returnsFee: true));
            Assert.Equal((RefundKind.Refund, Minor(left), Minor(fee)), (begin.Terms.Kind, begin.Amount, begin.Terms.FeeBack));
        }

        AssertRefused(RefusalCodes.RefundExceedsPaid, Decide(family, left + 1, SameDay));
        AssertRefused(RefusalCodes.RefundExceedsPaid, Decide(family, Paid, SameDay));
    }

    [Fact]
    public void a_day_that_turned_under_the_decision_makes_a_refund_of_the_void_O9()
    {
        var begin = Begun(Decide(Trade(), null, SameDay, Refused(PostingRefusalReason.DayTurned, account: 0)));

        Assert.Equal((RefundKind.Refund, null, Minor(Paid)), (begin.Terms.Kind, begin.OnlyOn, begin.Amount));
    }

    [Theory]
    [InlineData(PaymentStates.Processing)]
    [InlineData(PaymentStates.AwaitingPosting)]
    [InlineData(PaymentStates.Succeeded)]
    public void what_is_in_flight_counts_like_what_is_back_O9(string state)
    {
        AssertRefused(RefusalCodes.RefundExceedsPaid, Decide(Trade(30_00, state), 58_01, NextDay));
        Assert.Equal(Minor(58_00), Begun(Decide(Trade(30_00, state), 58_00, NextDay)).Amount);
        AssertRefused(RefusalCodes.RefundExceedsPaid, Decide(Trade(Paid, state), null, NextDay));
    }

    [Fact]
    public void surplus_that_goes_back_by_itself_is_not_of_what_was_paid_O9()
    {
        var family = Trade();
        family.Add(Refund(9, Paid, PaymentStates.Succeeded, terms: null));

        Assert.Equal(RefundKind.Void, Begun(Decide(family, null, SameDay)).Terms.Kind);
    }

    /// <summary>Whether the merchant has fees back, whether it is a void, then the fee that goes back with 44.00 or all.</summary>
    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 27)]
    [InlineData(false, true, Fee)]
    [InlineData(true, true, Fee)]
    public void the_fee_goes_back_whole_with_a_void_and_in_proportion_where_that_is_agreed_O9(bool returnsFee, bool isVoid, long expected)
    {
        var begin = Begun(Decide(Trade(), isVoid ? null : 44_00, SameDay, returnsFee: returnsFee));

        Assert.Equal(Minor(expected), begin.Terms.FeeBack);
    }

    [Theory]
    [InlineData(TradeStates.AwaitingPayment)]
    [InlineData(TradeStates.Paying)]
    [InlineData(TradeStates.Closing)]
    [InlineData(TradeStates.Closed)]
    public void only_a_paid_trade_gives_anything_back_O9(string state)
    {
        var family = Trade();
        family.Trade.State = state;

        AssertRefused(RefusalCodes.TradeNotPaid, Decide(family, null, booked: null));
        AssertRefused(RefusalCodes.TradeNotPaid, Decide(family, null, SameDay));
    }

    [Fact]
    public void a_refund_in_another_currency_is_refused_O9() => AssertRefused(
        RefusalCodes.RefundCurrencyDiffers,
        RefundDecision.Decide(Trade(), new RefundTrade(new Money(1, Currency.Parse("USD")), null, null, null), SameDay, Directory(), null));

    [Fact]
    [Trait("Rule", "A9")]
    public void without_a_transit_account_nothing_can_be_given_back_A9() => AssertRefused(
        RefusalCodes.RefundsNotEnabled,
        RefundDecision.Decide(Trade(), new RefundTrade(null, null, null, null), SameDay, Directory(transit: false), null));

    [Fact]
    public void a_trade_has_a_limited_number_of_refunds_O9()
    {
        var family = Trade();
        for (var i = 0; i < RefundDecision.MostRefunds; i++)
        {
            family.Add(Refund(100 + i, 1, PaymentStates.Failed, Terms()));
        }

        AssertRefused(RefusalCodes.TooManyRefunds, Decide(family, 1, NextDay));
    }

    [Theory]
    [Trait("Rule", "A9")]
    [InlineData(PostingRefusalReason.Overdraft, 1, RefusalCodes.InsufficientMerchantBalance, 409)]
    [InlineData(PostingRefusalReason.AccountFrozen, 1, RefusalCodes.MerchantAccountNotOpen, 409)]
    [InlineData(PostingRefusalReason.AccountClosed, 1, RefusalCodes.MerchantAccountNotOpen, 409)]
    [InlineData(PostingRefusalReason.AccountFrozen, 2, RefusalCodes.Unavailable, 503)]
    [InlineData(PostingRefusalReason.BalanceOverflow, 1, RefusalCodes.Unavailable, 503)]
    public void what_the_ledger_refuses_is_said_clearly_and_may_be_tried_again_A9(PostingRefusalReason reason, long account, string code, int status)
    {
        var refusal = Assert.IsType<RefundDecision.Refuse>(Decide(Trade(), null, SameDay, Refused(reason, account))).Refusal;

        Assert.Equal((code, status, true), (refusal.Code, refusal.Status, refusal.Retryable));
    }

    private static RefundDecision Decide(
        TradeFamily family, long? amount, BookedPayment? booked, PostingRefusal? refused = null, bool returnsFee = false) =>
        RefundDecision.Decide(
            family, new RefundTrade(amount is { } minor ? Minor(minor) : null, null, null, null), booked, Directory(returnsFee: returnsFee), refused);

    private static RefundDecision.Begin Begun(RefundDecision decision) => Assert.IsType<RefundDecision.Begin>(decision);

    private static void AssertRefused(string code, RefundDecision decision)
    {
        var refusal = Assert.IsType<RefundDecision.Refuse>(decision).Refusal;
        Assert.Equal((code, 409, false), (refusal.Code, refusal.Status, refusal.Retryable));
        Assert.Equal(new OrderId(1), refusal.Trade);
    }

    private static PostingRefusal Refused(PostingRefusalReason reason, long account) => new(PostingKind.VoidTaken, new OrderId(77), reason, account);

    private static Money Minor(long minor) => new(minor, Cny);

    private static RefundTerms Terms(long feeBack = 0) => new(RefundKind.Refund, Minor(feeBack), null, null, null);

    private static EngineDirectory Directory(bool transit = true, bool returnsFee = false) => new(
        [new Merchant(7, "M7", "Tickets", RepeatMode.Continue, new FeeRule(0, 0, null, null), Active: true) { ReturnsFee = returnsFee }],
        [],
        [
            new Account(1, "M7", AccountKind.Merchant, 7, Cny, []),
            .. transit ? [new Account(2, "TRANSIT", AccountKind.Transit, 0, Cny, [])] : Array.Empty<Account>(),
        ]);

    /// <summary>Paid by the second of two attempts, and so much of it given back.</summary>
    private static TradeFamily Trade(long givenBack = 0, string state = PaymentStates.Succeeded)
    {
        var family = new TradeFamily(new TradeOrder
        {
            Id = new OrderId(1),
            TradeId = new OrderId(1),
            State = TradeStates.Paid,
            MerchantId = 7,
            MerchantOrderNo = "A-1",
            Amount = Minor(Paid),
            Payer = "member-7",
            CreatedAt = Now,
            ExpiresAt = Now.AddMinutes(15),
            PaidBy = new OrderId(2),
            PaidAt = Now,
        });
        family.Add(Payment(2, PaymentKind.Payment, Paid, PaymentStates.Succeeded, default, null));
        family.Add(Instruction(3, payment: 2));
        family.Add(Order(Original.Value - 1 + 10, InstitutionOrderStates.Failed));
        family.Add(Order(Original.Value, InstitutionOrderStates.Succeeded));
        if (givenBack > 0)
        {
            family.Add(Refund(5, givenBack, state, Terms()));
        }

        return family;
    }

    private static PaymentInstruction Instruction(long id, long payment) => new()
    {
        Id = new OrderId(id),
        TradeId = new OrderId(1),
        PaymentId = new OrderId(payment),
        State = InstructionStates.Succeeded,
        Leg = 1,
        Amount = Minor(Paid),
        CreatedAt = Now,
        Method = PaymentMethod.Quick,
        PayerAccount = "6222",
    };

    private static InstitutionOrder Order(long id, string state, long instruction = 3) => new()
    {
        Id = new OrderId(id),
        TradeId = new OrderId(1),
        InstructionId = new OrderId(instruction),
        State = state,
        Executed = true,
        Part = 1,
        Amount = Minor(Paid),
        CreatedAt = Now,
        ChannelId = 1,
        InstitutionNumber = $"n-{id}",
        PayerAccount = "6222",
    };

    private static PaymentOrder Refund(long id, long minor, string state, RefundTerms? terms) =>
        Payment(id, PaymentKind.Refund, minor, state, Original, terms);

    private static PaymentOrder Payment(long id, PaymentKind kind, long minor, string state, OrderId refundOf, RefundTerms? terms) => new()
    {
        Id = new OrderId(id),
        TradeId = new OrderId(1),
        State = state,
        Amount = Minor(minor),
        CreatedAt = Now,
        Kind = kind,
        RefundOf = refundOf,
        Terms = terms,
        Method = PaymentMethod.Quick,
        Revision = 1,
        RequestSerial = "r-1",
        ExpiresAt = Now.AddDays(7),
    };
}
