using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Tests.Store.Ledger;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>What merchants give back from, and through, accounts that are split or buffered; the books are clean after it.</summary>
[Trait("Rule", "A5")]
[Trait("Rule", "O9")]
public sealed class HotRefundTests(EngineWorld world) : EngineTests(world)
{
    private const string Transit = "2241.02.CNY";

    [Fact]
    public async Task a_merchants_money_on_sub_accounts_is_given_back_as_any_other_A5()
    {
        var (number, merchant) = await MerchantAsync();
        await SetModeAsync($"2241.01.{number}.CNY", AccountMode.Sharded, shards: 4);
        var trade = await PaidAsync(merchant);
        Assert.Equal(0, await Merchants.BalanceAsync(Database, number));

        await merchant.RefundAsync(trade, 2_500);
        await Engine.QuietAsync();

        Assert.Equal(2, await Database.ScalarAsync<long>(
            "select count(*) from entry e join account a on a.id = e.account_id where a.parent_id = (select id from account where number = $1)", $"2241.01.{number}.CNY"));
        Assert.Equal(8_747 - 2_500, await Database.ScalarAsync<long>("select booked::bigint from account_balance where number = $1", $"2241.01.{number}.CNY"));
    }

    [Fact]
    public async Task what_is_buffered_on_its_way_through_transit_has_moved_all_the_same_A5()
    {
        await SetModeAsync(Transit, AccountMode.Buffered);
        var (_, merchant) = await MerchantAsync();
        await merchant.RefundAsync(await PaidAsync(merchant));
        await Engine.QuietAsync();

        Assert.Equal(["-8800", "8800"], await Database.ReadAsync("select amount_minor::text from entry_pending order by amount_minor", row => row.GetString(0)));
    }

    private async Task<(string Number, MerchantHand Hand)> MerchantAsync()
    {
        var number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        return (number, Engine.As(number));
    }

    private async Task<OrderId> PaidAsync(MerchantHand merchant)
    {
        var trade = await merchant.OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        return trade;
    }

    private async Task SetModeAsync(string account, AccountMode mode, int shards = 0)
    {
        await using var hand = new LedgerHand(Database);
        Assert.IsType<AccountResult.Done>(await hand.Accounts.SetModeAsync(account, mode, shards, bufferAgreed: true, "tester", default));
        await Engine.UpkeepAsync();
    }
}
