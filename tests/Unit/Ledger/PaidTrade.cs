using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>A trade of CNY 88.00 of merchant 7, whose payment the tests give the institution orders they need.</summary>
internal sealed class PaidTrade
{
    public const int QuickChannel = 1;
    public const int WalletChannel = 2;

    private const int MerchantId = 7;

    private static readonly Currency Cny = Currency.Parse("CNY");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly PaymentOrder _another;
    private long _lastId = 100;

    public PaidTrade(int feePpm)
    {
        Directory = new EngineDirectory(
            [new Merchant(MerchantId, "7", "Tickets", RepeatMode.Continue, new FeeRule(feePpm, 0, null, null), Active: true)],
            [],
            [
                new Account(1, "M7", AccountKind.Merchant, MerchantId, Cny, []),
                new Account(2, "CH1", AccountKind.ChannelReceivable, QuickChannel, Cny, []),
                new Account(3, "CH2", AccountKind.ChannelReceivable, WalletChannel, Cny, []),
                new Account(4, "FEE", AccountKind.FeeIncome, 0, Cny, []),
                new Account(5, "SUSPENSE", AccountKind.Suspense, 0, Cny, []),
                new Account(6, "TRANSIT", AccountKind.Transit, 0, Cny, []),
            ]);
        Family = new TradeFamily(new TradeOrder
        {
            Id = NextId(),
            TradeId = new OrderId(_lastId),
            Amount = Minor(88_00),
            CreatedAt = Now,
            MerchantId = MerchantId,
            MerchantOrderNo = "A-1001",
            Payer = "member-7",
            ExpiresAt = Now.AddMinutes(15),
        });
        Payment = NewPayment();
        _another = NewPayment();
    }

    public EngineDirectory Directory { get; }

    public TradeFamily Family { get; }

    public PaymentOrder Payment { get; }

    public PaidTrade Order(int channel, long minor, string state) => Add(Payment, channel, minor, state);

    public PaidTrade OrderOfAnotherPayment(int channel, long minor, string state) => Add(_another, channel, minor, state);

    public PaymentOrder RefundOf(InstitutionOrder order) => NewPayment(PaymentKind.Refund, order.Id);

    public PaymentOrder MerchantRefundOf(InstitutionOrder order, long minor, long feeBack) => NewPayment(
        PaymentKind.Refund, order.Id, minor, new RefundTerms(RefundKind.Refund, Minor(feeBack), null, null, null));

    private static Money Minor(long minor) => new(minor, Cny);

    private OrderId NextId() => new(_lastId++);

    private PaymentOrder NewPayment(
        PaymentKind kind = PaymentKind.Payment, OrderId refundOf = default, long minor = 88_00, RefundTerms? terms = null)
    {
        var payment = new PaymentOrder
        {
            Id = NextId(),
            TradeId = Family.Trade.Id,
            Amount = Minor(minor),
            CreatedAt = Now,
            Kind = kind,
            Terms = terms,
            RefundOf = refundOf,
            Method = PaymentMethod.Quick,
            Revision = 1,
            RequestSerial = "request-1",
            ExpiresAt = Now.AddDays(7),
        };
        Family.Add(payment);
        return payment;
    }

    private PaidTrade Add(PaymentOrder payment, int channel, long minor, string state)
    {
        var instruction = new PaymentInstruction
        {
            Id = NextId(),
            TradeId = Family.Trade.Id,
            Amount = Minor(minor),
            CreatedAt = Now,
            PaymentId = payment.Id,
            Leg = 1,
            Method = payment.Method,
            PayerAccount = "6222020000000001",
        };
        Family.Add(instruction);
        Family.Add(new InstitutionOrder
        {
            Id = NextId(),
            TradeId = Family.Trade.Id,
            Amount = Minor(minor),
            CreatedAt = Now,
            State = state,
            InstructionId = instruction.Id,
            Part = 1,
            ChannelId = channel,
            InstitutionNumber = $"{channel}-{instruction.Id.Value}",
            PayerAccount = instruction.PayerAccount,
        });
        return this;
    }
}
