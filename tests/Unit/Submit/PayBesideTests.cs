using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Submit;

/// <summary>Whether a payment may start beside one in progress, as a table.</summary>
[Trait("Rule", "O5")]
public sealed class PayBesideTests
{
    private static readonly DateTimeOffset Started = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly Money Price = new(8800, Currency.Parse("CNY"));

    [Theory]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.Processing, 0, 180)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.AwaitingPosting, 60, 120)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.Processing, 179, 1)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.Processing, 180, null)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.Failed, 0, null)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Quick, PaymentStates.Surplus, 0, null)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.OnlineBanking, PaymentStates.Processing, 0, null)]
    [InlineData(PaymentMethod.Quick, PaymentMethod.Wallet, PaymentStates.Processing, 0, null)]
    [InlineData(PaymentMethod.OnlineBanking, PaymentMethod.Quick, PaymentStates.Processing, 0, null)]
    [InlineData(PaymentMethod.Wallet, PaymentMethod.Wallet, PaymentStates.Processing, 0, null)]
    public void a_second_quick_payment_waits_three_minutes_for_the_first_O5(
        PaymentMethod earlier, PaymentMethod wanted, string state, int ageS, int? waitS)
    {
        var refusal = TradeChecks.WhyNotBeside(Family(earlier, state), wanted, Started.AddSeconds(ageS));

        Assert.Equal(waitS, refusal?.RetryAfter?.TotalSeconds);
        Assert.True(refusal is null or { Code: RefusalCodes.PaymentInProgress, Status: 409, Retryable: true, Trade: not null });
    }

    [Fact]
    public void money_on_its_way_back_blocks_nobody_O5() =>
        Assert.Null(TradeChecks.WhyNotBeside(Family(PaymentMethod.Quick, PaymentStates.Processing, PaymentKind.Refund), PaymentMethod.Quick, Started));

    private static TradeFamily Family(PaymentMethod method, string state, PaymentKind kind = PaymentKind.Payment)
    {
        var id = new OrderId(1);
        var family = new TradeFamily(new TradeOrder
        {
            Id = id,
            TradeId = id,
            State = TradeStates.Paying,
            MerchantId = 1,
            MerchantOrderNo = "A-1",
            Amount = Price,
            Payer = "member-7",
            CreatedAt = Started,
            ExpiresAt = Started.AddMinutes(15),
        });
        family.Add(new PaymentOrder
        {
            Id = new OrderId(2),
            TradeId = id,
            State = state,
            Amount = Price,
            CreatedAt = Started,
            Kind = kind,
            Method = method,
            Revision = 1,
            RequestSerial = "request-1",
            ExpiresAt = Started + PaymentOrder.Lifetime,
        });
        return family;
    }
}
