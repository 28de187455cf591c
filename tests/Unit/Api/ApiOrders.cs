using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>A merchant, and a trade of CNY 88.00 with one payment on all four levels.</summary>
internal static class ApiOrders
{
    public static readonly Currency Cny = Currency.Parse("CNY");
    public static readonly Merchant Merchant = new(7, "M7", "Tickets", RepeatMode.Continue, new FeeRule(0, 0, null, null), Active: true)
    {
        NotifyOrigins = [new NotifyOrigin("https", "shop.example", null, AllowPrivate: false), new NotifyOrigin("https", "10.0.0.1", null, AllowPrivate: false)],
    };

    public static readonly OrderId TradeId = Id(1);
    public static readonly OrderId PaymentId = Id(2);
    public static readonly OrderId InstructionId = Id(3);
    public static readonly OrderId InstitutionOrderId = Id(4);

    /// <summary>What payers are told; for one failure only.</summary>
    public static readonly IPayerMessages Messages = new ResultCodeTable(
        [],
        [
            new PayerMessage("insufficient_funds", "en", "There is not enough money in the account."),
            new PayerMessage("insufficient_funds", "zh", "账户余额不足。"),
            new PayerMessage("card_expired", "en", "The card has expired."),
        ]);

    public static readonly TradeAnswerWriter Writer = new(Messages);

    private static readonly DateTimeOffset Opened = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero).AddTicks(1_239_999);

    public static PayerWords Words => new(Messages, "en");

    public static OrderId Id(long sequence) => OrderId.Create(new DateOnly(2026, 11, 20), sequence);

    public static Money Minor(long minor) => new(minor, Cny);

    public static TradeFamily Bare(string payer = "member-7", string? payee = null, string? description = null) => new(new TradeOrder
    {
        Id = TradeId,
        TradeId = TradeId,
        State = TradeStates.AwaitingPayment,
        Amount = Minor(88_00),
        CreatedAt = Opened,
        MerchantId = Merchant.Id,
        MerchantOrderNo = "A-1001",
        Payer = payer,
        Payee = payee,
        Description = description,
        ExpiresAt = Opened.AddMinutes(15).ToOffset(TimeSpan.FromHours(8)),
    });

    public static TradeFamily Paying()
    {
        var family = Bare(payee: "shop-3", description: "Two tickets");
        family.Trade.State = TradeStates.Paying;
        family.Add(new PaymentOrder
        {
            Id = PaymentId,
            TradeId = TradeId,
            State = PaymentStates.AwaitingPosting,
            Amount = Minor(88_00),
            CreatedAt = Opened,
            Kind = PaymentKind.Payment,
            Method = PaymentMethod.OnlineBanking,
            Revision = 1,
            RequestSerial = "request-1",
            ExpiresAt = Opened.AddDays(7),
        });
        family.Add(new PaymentInstruction
        {
            Id = InstructionId,
            TradeId = TradeId,
            State = InstructionStates.Processing,
            Amount = Minor(88_00),
            CreatedAt = Opened,
            PaymentId = PaymentId,
            Leg = 1,
            Method = PaymentMethod.OnlineBanking,
            PayerAccount = "6222020000000001",
        });
        family.Add(new InstitutionOrder
        {
            Id = InstitutionOrderId,
            TradeId = TradeId,
            State = InstitutionOrderStates.OnWorkList,
            Amount = Minor(88_00),
            CreatedAt = Opened,
            InstructionId = InstructionId,
            Part = 1,
            ChannelId = 1,
            InstitutionNumber = "01202611200000000001",
            PayerAccount = "6222020000000001",
            Sends = 2,
            Queries = 5,
            Code = "E017",
            Reroute = new Reroute(Id(6), new Evidence(EvidenceKind.NotSent, "never left"), "script reroute, default"),
        });
        return family;
    }

    /// <summary>Paid, and the merchant gives 30.00 of it back.</summary>
    public static TradeFamily Refunding(RefundKind kind = RefundKind.Refund)
    {
        var family = Paying();
        family.Trade.State = TradeStates.Paid;
        family.Add(new PaymentOrder
        {
            Id = Id(51),
            TradeId = TradeId,
            State = PaymentStates.Succeeded,
            Amount = Minor(30_00),
            CreatedAt = Opened,
            Kind = PaymentKind.Refund,
            RefundOf = InstitutionOrderId,
            Method = PaymentMethod.OnlineBanking,
            Revision = 1,
            RequestSerial = "request-2",
            ExpiresAt = Opened.AddDays(180),
            Terms = new RefundTerms(kind, Minor(18), "R-1", "one ticket too many", NotifyUrl: null),
            EndedAt = Opened.AddSeconds(1),
        });
        return family;
    }
}
