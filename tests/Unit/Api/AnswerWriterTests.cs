using System.Text;
using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class AnswerWriterTests
{
    private const string Trade =
        """
        "trade_no":"T202611200000000001","merchant_order_no":"A-1001","state":"paying","amount":"88.00","currency":"CNY",
        "payer":"member-7","payee":"shop-3","description":"Two tickets","notify_url":null,"created_at":"2026-11-20T10:00:00.123Z",
        "expires_at":"2026-11-20T10:15:00.123Z","paid_at":null,"request_id":"r-1",
        """;

    private const string Payment =
        """
        "payment_no":"P202611200000000002","kind":"payment","state":"awaiting_posting","amount":"88.00","method":"online_banking",
        "created_at":"2026-11-20T10:00:00.123Z","failure":null,"failure_message":null,"refund":null
        """;

    [Fact]
    [Trait("Rule", "O6")]
    public void A_trade_is_told_with_its_payments_and_the_request_that_asked() =>
        Same($$"""{ {{Trade}} "payments":[{ {{Payment}} }]}""", ApiOrders.Writer.Write(ApiOrders.Paying(), "r-1", "en"));

    [Fact]
    [Trait("Rule", "N4")]
    public void A_paid_trade_says_when_it_was_paid()
    {
        var family = ApiOrders.Paying();
        family.Trade.State = TradeStates.Paid;
        family.Trade.PaidAt = new DateTimeOffset(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

        var trade = Read(ApiOrders.Writer.Write(family, "r-1", "en"));

        Assert.Equal(("paid", "2026-12-31T23:59:59.999Z"), (Text(trade, "state"), Text(trade, "paid_at")));
    }

    [Theory]
    [Trait("Rule", "O9")]
    [InlineData(RefundKind.Refund, "refund")]
    [InlineData(RefundKind.Void, "void")]
    public void What_the_merchant_gives_back_says_what_it_is_and_of_which_payment_O9(RefundKind kind, string told)
    {
        var refund = Read(ApiOrders.Writer.Write(ApiOrders.Refunding(kind), "r-1", "en")).GetProperty("payments")[1];

        Assert.Equal((told, "30.00", "succeeded"), (Text(refund, "kind"), Text(refund, "amount"), Text(refund, "state")));
        Assert.Equal(
            """{"payment_no":"P202611200000000002","of":"merchant","merchant_refund_no":"R-1","reason":"one ticket too many","fee_returned":"0.18","notify_url":null,"ended_at":"2026-11-20T10:00:01.123Z"}""",
            refund.GetProperty("refund").GetRawText());
    }

    [Theory]
    [Trait("Rule", "C11")]
    [InlineData("insufficient_funds", "en", "There is not enough money in the account.")]
    [InlineData("insufficient_funds", "zh", "账户余额不足。")]
    [InlineData("card_expired", "zh", "The card has expired.")]
    [InlineData("never_heard", "en", null)]
    public void A_failed_payment_says_why_to_programs_and_to_the_payer_in_his_language(string failure, string language, string? message)
    {
        var family = ApiOrders.Paying();
        family.Payments[0].State = PaymentStates.Failed;
        family.Payments[0].Failure = failure;

        var payment = Read(ApiOrders.Writer.Write(family, "r-1", language)).GetProperty("payments")[0];

        Assert.Equal((failure, message), (Text(payment, "failure"), payment.GetProperty("failure_message").GetString()));
    }

    [Fact]
    public void Letters_of_all_languages_stand_for_themselves_and_what_JSON_must_escape_is_escaped()
    {
        const string Nasty = "会员 \"7\" \\ <b> 🎫 é";
        var body = ApiOrders.Writer.Write(ApiOrders.Bare(payer: Nasty), "r-1", "en");

        Assert.Contains("会员 \\\"7\\\" \\\\ <b>", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Equal(Nasty, Text(Read(body), "payer"));
    }

    [Fact]
    public void What_is_absent_is_null()
    {
        var trade = Read(ApiOrders.Writer.Write(ApiOrders.Bare(), "r-1", "en"));

        Assert.All(
            ["payee", "description", "paid_at"],
            field => Assert.Equal(JsonValueKind.Null, trade.GetProperty(field).ValueKind));
        Assert.Equal(0, trade.GetProperty("payments").GetArrayLength());
    }

    [Fact]
    public void Every_answer_is_written_from_its_own_beginning_also_after_a_long_one()
    {
        var writer = ApiOrders.Writer;
        var before = writer.Write(ApiOrders.Paying(), "r-1", "en");
        writer.Write(ApiOrders.Bare(description: new string('x', 200_000)), "r-2", "en");

        Assert.Equal(before, writer.Write(ApiOrders.Paying(), "r-1", "en"));
    }

    [Fact]
    public void Every_state_of_every_level_has_a_published_name()
    {
        var states = TradeStates.All.Concat(PaymentStates.All).Concat(InstructionStates.All).Concat(InstitutionOrderStates.All);

        Assert.All(states.Append(Order.Initial), state => Assert.Matches("^[a-z]+(_[a-z]+)*$", StateNames.Of(state).ToString()));
        Assert.Equal("on_work_list", StateNames.Of(InstitutionOrderStates.OnWorkList).ToString());
    }

    [Fact]
    [Trait("Rule", "O1")]
    public void A_journey_tells_all_four_levels_their_steps_their_entries_and_what_comes_next() =>
        Same(
            $$"""
              { {{Trade}}
               "payments":[{ {{Payment}},
                 "instructions":[{"instruction_no":"I202611200000000003","state":"processing","amount":"88.00","method":"online_banking",
                   "institution_orders":[{"order_no":"O202611200000000004","number":"01202611200000000001","channel":"SIM1",
                     "state":"on_work_list","amount":"88.00","institution_ref":null,"code":"E017","sends":2,"queries":5,
                     "created_at":"2026-11-20T10:00:00.123Z",
                     "reroute":{"of":"O202611200000000006","evidence":"not_sent","in_words":"never left","decided_by":"script reroute, default"} }]}]}],
               "transitions":[{"at":"2026-11-20T10:00:01.000Z","level":"institution_order","number":"O202611200000000004",
                 "event":"query_exhausted","from":"unknown","to":"on_work_list","reason":"no answer","actor":"timer","request_id":"r-0"}],
               "entries":[
                 {"payment_no":"P202611200000000002","posting":"payment","account":"2001","account_name":"SIM1 owes us","side":"debit",
                  "amount":"88.00","opening":"-12.00","closing":"-100.00","seq":9,"posting_date":"2026-11-20"},
                 {"payment_no":"P202611200000000002","posting":"payment","account":"1007","account_name":"Tickets","side":"credit",
                  "amount":"88.00","opening":"0.00","closing":"88.00","seq":1,"posting_date":"2026-11-20"}],
               "timers":[{"kind":"posting","number":"P202611200000000002","due_at":"2026-11-20T10:00:05.000Z"}],
               "notifications":[{"id":"msg_353954783213649925","type":"payment.failed","state":"waiting","attempts":2,"last_status":500,
                 "last_error":null,"created_at":"2026-11-20T10:00:00.000Z","delivered_at":null}]}
              """,
            JourneyWriter.Write(Journeys.OnWorkList(), "r-1", ApiOrders.Words));

    private static void Same(string expected, byte[] written) =>
        Assert.Equal(Compact(Encoding.UTF8.GetBytes(expected)), Encoding.UTF8.GetString(written));

    private static string Compact(byte[] json) => JsonSerializer.Serialize(Read(json));

    private static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;

    private static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();
}
