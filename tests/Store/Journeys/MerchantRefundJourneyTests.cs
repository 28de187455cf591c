using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Store;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>What merchants give back, on a real database with a simulated institution.</summary>
[Trait("Rule", "O9")]
[Trait("Rule", "A9")]
public sealed class MerchantRefundJourneyTests(EngineWorld world) : EngineTests(world)
{
    private const long Net = 8_747;

    private string _number = null!;
    private MerchantHand _merchant = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        _merchant = Engine.As(_number);
    }

    [Fact]
    public async Task a_payment_that_is_given_back_whole_on_its_day_is_void_and_nothing_is_left_of_it_O9()
    {
        var trade = await PaidAsync();

        var answer = Answered(await _merchant.RefundAsync(trade));
        Assert.Equal((201, $"/v1/trades/{OrderNumber.Format(OrderLevel.Trade, trade)}"), (answer.Status, answer.Location));
        Assert.Equal(0, await BalanceAsync());
        await Engine.QuietAsync();

        // How long it was in transit is the institution's business; that it was is among the entries.
        var refund = await RefundAsync(trade);
        Assert.Equal((RefundKind.Void, PaymentStates.Succeeded, 53), (refund.Terms!.Kind, refund.State, refund.Terms.FeeBack.Minor));
        Assert.Equal((0, 0), (await TransitAsync(), await BalanceAsync()));
        Assert.Equal(
            [
                "Payment -8800 1122", "Payment 8747 2241.01", "Payment 53 6021",
                "VoidTaken -8747 2241.01", "VoidTaken -53 6021", "VoidTaken 8800 2241.02",
                "VoidPaid -8800 2241.02", "VoidPaid 8800 1122",
            ],
            await EntriesAsync(trade));
        AssertRefused(RefusalCodes.RefundExceedsPaid, await _merchant.RefundAsync(trade));
    }

    [Fact]
    public async Task parts_are_refunds_and_keep_our_fee_as_long_as_nothing_else_was_agreed_O9()
    {
        await PaidAsync();
        var trade = await PaidAsync();
        Answered(await _merchant.RefundAsync(trade, 3_000));
        Answered(await _merchant.RefundAsync(trade, 5_800));
        await Engine.QuietAsync();

        Assert.Equal((0, (2 * Net) - 8_800), (await TransitAsync(), await BalanceAsync()));
        Assert.All(await RefundsAsync(trade), refund => Assert.Equal((RefundKind.Refund, "Succeeded", 0), (refund.Terms!.Kind, refund.State, refund.Terms.FeeBack.Minor)));
        AssertRefused(RefusalCodes.RefundExceedsPaid, await _merchant.RefundAsync(trade, 1));
    }

    [Fact]
    public async Task a_merchant_who_has_fees_back_has_them_back_in_proportion_and_to_the_last_cent_O9()
    {
        await Database.ExecuteAsync("update merchant set returns_fee = true where number = $1", _number);
        await Engine.UpkeepAsync();
        var trade = await PaidAsync();
        foreach (var part in (long?[])[3_333, 3_333, null])
        {
            Answered(await _merchant.RefundAsync(trade, part));
        }

        await Engine.QuietAsync();

        Assert.Equal([20, 20, 13], (await RefundsAsync(trade)).Select(refund => refund.Terms!.FeeBack.Minor));
        Assert.Equal((0, 0), (await TransitAsync(), await BalanceAsync()));
    }

    [Fact]
    public async Task after_the_cut_of_its_day_all_of_a_payment_is_a_refund_O9()
    {
        await PaidAsync();
        var trade = await PaidAsync();
        await Engine.LetPassAsync(TimeSpan.FromHours(24));
        Answered(await _merchant.RefundAsync(trade));
        await Engine.QuietAsync();

        var refund = await RefundAsync(trade);
        Assert.Equal((RefundKind.Refund, PaymentStates.Succeeded, 0), (refund.Terms!.Kind, refund.State, refund.Terms.FeeBack.Minor));
        Assert.Equal((2 * Net) - 8_800, await BalanceAsync());
    }

    [Fact]
    public async Task what_was_decided_as_a_void_under_a_day_that_then_turns_is_committed_as_a_refund_O9()
    {
        await PaidAsync();
        var trade = await PaidAsync();

        // The day turns after it was read and before the posting could hold it.
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var roll = await connection.BeginTransactionAsync();
        await using (var turn = new NpgsqlCommand(Sql.Get("Ledger/ledger.roll"), connection))
        {
            turn.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = await Database.ScalarAsync<DateOnly>("select day + 1 from ledger_day") });
            Assert.Equal(1, await turn.ExecuteNonQueryAsync());
        }

        var refund = _merchant.RefundAsync(trade);
        await Eventually.BecomesTrueAsync(
            () => Database.ScalarAsync<bool>(
                "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))"),
            "the refund waits for the day");
        await roll.CommitAsync();

        Answered(await refund);
        await Engine.QuietAsync();
        var given = await RefundAsync(trade);
        Assert.Equal((RefundKind.Refund, 0), (given.Terms!.Kind, given.Terms.FeeBack.Minor));
        Assert.Equal(["RefundPaid", "RefundTaken"], await Database.ReadAsync(
            "select kind from posting where order_id = $1 order by kind", row => row.GetString(0), given.Id.Value));
    }

    [Fact]
    public async Task a_refund_that_the_balance_does_not_cover_is_refused_and_leaves_nothing_A9()
    {
        var trade = await PaidAsync();
        await Engine.LetPassAsync(TimeSpan.FromHours(24));
        var before = (await Engine.FamilyAsync(trade)).Trade.Version;

        AssertRefused(RefusalCodes.InsufficientMerchantBalance, await _merchant.RefundAsync(trade, number: "R-77", key: "again"));

        Assert.Equal((before, Net, 0), ((await Engine.FamilyAsync(trade)).Trade.Version, await BalanceAsync(), await TransitAsync()));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from merchant_refund where merchant_refund_no = 'R-77'"));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from posting where kind = 'RefundTaken' and order_id > $1 and order_id < $1 + 1000000", trade.Value));

        // The same request again, when there is enough.
        await PaidAsync();
        Answered(await _merchant.RefundAsync(trade, number: "R-77", key: "again"));
        await Engine.QuietAsync();
        Assert.Equal((2 * Net) - 8_800, await BalanceAsync());
    }

    [Fact]
    public async Task what_the_institution_will_not_give_back_is_the_merchants_again_and_may_be_given_back_anew_O9()
    {
        var trade = await PaidAsync(Payers.RefundDecline);
        Answered(await _merchant.RefundAsync(trade));
        await Engine.QuietAsync();

        var refund = await RefundAsync(trade);
        Assert.Equal((PaymentStates.Failed, "not_refundable"), (refund.State, refund.Failure));
        Assert.Equal((0, Net), (await TransitAsync(), await BalanceAsync()));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from work_item where trade_id = $1", trade.Value));

        Answered(await _merchant.RefundAsync(trade));
        await Engine.QuietAsync();
        Assert.Equal([RefundKind.Void, RefundKind.Void], (await RefundsAsync(trade)).Select(it => it.Terms!.Kind));
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task what_failed_and_left_us_after_all_is_given_back_and_is_not_again_O9()
    {
        await PaidAsync();
        var trade = await PaidAsync(Payers.RefundTimeout);
        Answered(await _merchant.RefundAsync(trade));
        await ExecutedAfterAllAsync(trade);
        Assert.Equal((0, Net), (await TransitAsync(), await BalanceAsync()));

        AssertRefused(RefusalCodes.RefundExceedsPaid, await _merchant.RefundAsync(trade));
        AssertRefused(RefusalCodes.RefundExceedsPaid, await _merchant.RefundAsync(trade, 1));
        Assert.Equal(PaymentStates.Failed, (await RefundAsync(trade)).State);
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from difference where trade_id = $1 and kind = 'contradiction'", trade.Value));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task what_is_not_answered_stays_in_transit_and_is_asked_about_C12()
    {
        var trade = await PaidAsync(Payers.RefundTimeout);
        Answered(await _merchant.RefundAsync(trade));
        await Engine.HandleDueTimersAsync();
        Assert.Equal((8_800, PaymentStates.Processing), (await TransitAsync(), (await RefundAsync(trade)).State));

        await Engine.LetPassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((0, PaymentStates.Succeeded), (await TransitAsync(), (await RefundAsync(trade)).State));
    }

    [Fact]
    public async Task a_refund_number_is_used_once_by_each_merchant_O13()
    {
        var (one, other) = (await PaidAsync(), await PaidAsync());
        Answered(await _merchant.RefundAsync(one, 1_000, "R-1", "key-1"));

        AssertRefused(RefusalCodes.MerchantRefundNoTaken, await _merchant.RefundAsync(other, 1_000, "R-1"));
        AssertRefused(RefusalCodes.MerchantRefundNoTaken, await _merchant.RefundAsync(one, 1_000, "R-1"));
        var stranger = Engine.As();
        var theirs = await stranger.OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        Answered(await stranger.RefundAsync(theirs, 1_000, "R-1"));
        await Engine.QuietAsync();
        Assert.Single(await RefundsAsync(one));
        Assert.Empty(await RefundsAsync(other));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_request_again_has_the_first_answer_also_when_nothing_is_left_O13()
    {
        var trade = await PaidAsync();
        var first = Answered(await _merchant.RefundAsync(trade, number: "R-2", key: "once"));
        await Engine.QuietAsync();

        Assert.Equal(first.Body, Answered(await _merchant.RefundAsync(trade, number: "R-2", key: "once")).Body);
        Assert.Single(await RefundsAsync(trade));
        AssertRefused(RefusalCodes.IdempotencyKeyReused, await _merchant.RefundAsync(trade, 1, number: "R-2", key: "once"));
    }

    [Fact]
    public async Task only_what_is_paid_can_be_given_back_O9()
    {
        var trade = await _merchant.OpenedAsync(MerchantHand.Purchase(payerAccount: null));
        AssertRefused(RefusalCodes.TradeNotPaid, await _merchant.RefundAsync(trade));
        AssertRefused(RefusalCodes.TradeNotFound, await Engine.As().RefundAsync(trade));
        AssertRefused(RefusalCodes.TradeNotFound, await _merchant.RefundAsync(OrderId.Create(trade.Day, 4_711_000_000)));
    }

    [Fact]
    public async Task with_a_frozen_account_nothing_is_given_back_O9()
    {
        var trade = await PaidAsync();
        await Merchants.SetAccountStatusAsync(Database, _number, "Frozen");
        AssertRefused(RefusalCodes.MerchantAccountNotOpen, await _merchant.RefundAsync(trade));
        await Merchants.SetAccountStatusAsync(Database, _number, "Open");
    }

    [Fact]
    public async Task an_engine_without_a_transit_account_says_so_A9()
    {
        var trade = await PaidAsync();
        await Database.ExecuteAsync("update account set owner_id = 99 where kind = 'Transit'");
        await Engine.UpkeepAsync();
        AssertRefused(RefusalCodes.RefundsNotEnabled, await _merchant.RefundAsync(trade));
        await Database.ExecuteAsync("update account set owner_id = 0 where kind = 'Transit'");
    }

    [Fact]
    public async Task a_version_that_does_not_know_merchants_refunds_cannot_end_one_M1()
    {
        var trade = await PaidAsync(Payers.RefundTimeout);
        Answered(await _merchant.RefundAsync(trade));

        // As it writes them: without the moment of the end.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(
            "update payment_order set state = 'Succeeded' where trade_id = $1 and refund_kind is not null", trade.Value));
        Assert.Equal("payment_order_refund_ended", refused.ConstraintName);
        await Engine.LetPassAsync(TimeSpan.FromMinutes(5));
    }

    /// <summary>The institution, which has executed the refund, says first that it has failed.</summary>
    private async Task ExecutedAfterAllAsync(OrderId trade)
    {
        await Engine.QuietAsync();
        var order = (await Engine.FamilyAsync(trade)).InstitutionOrders[^1];
        await Engine.Institution().FailedAsync(order);
        await Engine.HandleCallbacksAsync();
        Assert.Equal((PaymentStates.Failed, 2 * Net), ((await RefundAsync(trade)).State, await BalanceAsync()));
        await Engine.Institution().SucceededAsync(order);
        await Engine.HandleCallbacksAsync();

        // Its call is out until then.
        await Engine.LetPassAsync(TimeSpan.FromMinutes(5));
    }

    private async Task<OrderId> PaidAsync(string payer = Payers.Good)
    {
        var trade = await _merchant.OpenedAsync(MerchantHand.Purchase(payer));
        await Engine.QuietAsync();
        Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        return trade;
    }

    private static Answer Answered(DeskResult result) => Assert.IsType<DeskResult.Answered>(result).Answer;

    private static void AssertRefused(string code, DeskResult result) => Assert.Equal(code, Assert.IsType<DeskResult.Refused>(result).Refusal.Code);

    private async Task<PaymentOrder> RefundAsync(OrderId trade) => Assert.Single(await RefundsAsync(trade));

    private async Task<List<PaymentOrder>> RefundsAsync(OrderId trade) => (await Engine.FamilyAsync(trade)).Payments.FindAll(it => it.Terms is not null);

    private Task<long> TransitAsync() => Database.ScalarAsync<long>("select coalesce(sum(balance), 0)::bigint from account where kind = 'Transit'");

    private Task<long> BalanceAsync() => Merchants.BalanceAsync(Database, _number);

    private async Task<List<string>> EntriesAsync(OrderId trade) => [.. (await Engine.JourneyAsync(trade)).Entries.Select(entry =>
        $"{entry.Kind} {entry.Amount.Minor} {(entry.Account[..4] == "2241" ? entry.Account[..7] : entry.Account[..4])}")];
}
