using System.Text.Json.Nodes;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Tests.Unit.Api;
using Xunit;

namespace PaymentEngine.Tests.Unit.Notifications;

/// <summary>What merchants read in a notification.</summary>
[Trait("Rule", "N1")]
public sealed class NotificationWriterTests
{
    private static readonly OrderId Id = ApiOrders.Id(100);

    public static TheoryData<NotificationKind> Kinds => [.. Enum.GetValues<NotificationKind>()];

    [Fact]
    public void of_a_trade_it_tells_the_trade_and_no_payment()
    {
        var told = Write(NotificationKind.TradeClosed, ApiOrders.Bare(), family => family.Trade);

        Assert.Equal(($"msg_{Id.Value}", "trade.closed"), ((string)told["id"]!, (string)told["type"]!));
        Assert.Equal(["id", "type", "created_at", "data"], told.AsObject().Select(field => field.Key));
        Assert.Equal(["trade"], told["data"]!.AsObject().Select(field => field.Key));
        Assert.Equal("T202611200000000001", (string)told["data"]!["trade"]!["trade_no"]!);
    }

    [Fact]
    public void of_a_payment_it_names_the_payment() => Assert.Equal(
        "P202611200000000002",
        (string)Write(NotificationKind.PaymentFailed, ApiOrders.Paying(), family => family.Payments[0])["data"]!["payment_no"]!);

    [Fact]
    [Trait("Rule", "O4")]
    public void of_a_refund_it_names_the_refund_and_the_payment_whose_money_goes_back()
    {
        var family = ApiOrders.Paying();
        family.Add(new PaymentOrder
        {
            Id = ApiOrders.Id(51),
            TradeId = ApiOrders.TradeId,
            State = PaymentStates.Succeeded,
            Amount = ApiOrders.Minor(88_00),
            Kind = PaymentKind.Refund,
            RefundOf = ApiOrders.InstitutionOrderId,
            Method = PaymentMethod.OnlineBanking,
            Revision = 1,
            RequestSerial = "r-0",
            CreatedAt = default,
            ExpiresAt = default,
        });

        var data = Write(NotificationKind.SurplusRefunded, family, f => f.Payments[^1])["data"]!;

        Assert.Equal(
            ("P202611200000000002", family.Payments[^1].Number), ((string)data["payment_no"]!, (string)data["refund_no"]!));
    }

    [Fact]
    [Trait("Rule", "O9")]
    public void of_a_merchants_refund_it_names_his_own_number_too_O9()
    {
        var data = Write(NotificationKind.RefundSucceeded, ApiOrders.Refunding(), f => f.Payments[^1])["data"]!;

        Assert.Equal(
            ("P202611200000000002", "P202611200000000051", "R-1"), ((string)data["payment_no"]!, (string)data["refund_no"]!, (string)data["merchant_refund_no"]!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void every_kind_has_a_published_type(NotificationKind kind) =>
        Assert.Matches(@"^[a-z]+\.[a-z_]+$", NotificationTypes.Of(kind));

    private static JsonNode Write(NotificationKind kind, TradeFamily family, Func<TradeFamily, Order> order)
    {
        var context = new DecisionContext(default, null!, null!, null!, null!, NodeId: 1, "test", "r-1");
        return JsonNode.Parse(new NotificationWriter(ApiOrders.Messages).Write(Id, new NotificationIntent(kind, order(family)), new UnitOfWork(family, context)))!;
    }
}
