using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>Many refunds of one payment at the same instant, on two nodes.</summary>
[Trait("Rule", "O9")]
public sealed class MerchantRefundRaceTests(EngineWorld world) : EngineTests(world)
{
    private const int Requests = 50;

    private string _number = null!;
    private EngineRig _other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await World.StartAsync();
        _number = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await _other.UpkeepAsync();
    }

    [Fact]
    public async Task fifty_parts_at_once_on_two_nodes_never_exceed_what_was_paid_and_what_fits_is_given_back_O9()
    {
        // Each of the fifty wants 3.00 of 88.00, so 29 fit.
        var trade = await PaidAsync();
        await PaidAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => UntilAnsweredAsync(i, trade, 300)));
        await QuietAsync();

        var refunds = (await Engine.FamilyAsync(trade)).Payments.FindAll(payment => payment.Terms is not null);
        Assert.Equal(29, results.Count(result => result is DeskResult.Answered));
        Assert.Equal(
            [(RefusalCodes.RefundExceedsPaid, Requests - 29)],
            results.OfType<DeskResult.Refused>().GroupBy(no => no.Refusal.Code).Select(codes => (codes.Key, codes.Count())));
        Assert.Equal((29, 8_700), (refunds.Count, refunds.Sum(refund => refund.Amount.Minor)));
        Assert.All(refunds, refund => Assert.Equal(PaymentStates.Succeeded, refund.State));
        Assert.Equal((2 * 8_747) - 8_700, await Merchants.BalanceAsync(Database, _number));
        Assert.Equal(0, await Database.ScalarAsync<long>("select sum(balance)::bigint from account where kind = 'Transit'"));
    }

    [Fact]
    [Trait("Rule", "A9")]
    public async Task fifty_refunds_of_fifty_trades_never_overdraw_the_merchant_A9()
    {
        var trades = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => PaidAsync()));

        // He has 50 times 87.47, and each takes 88.00 of it, since the day is over: all but one can be afforded.
        await Engine.LetPassAsync(TimeSpan.FromHours(24));
        var results = await Task.WhenAll(trades.Select((trade, i) => UntilAnsweredAsync(i, trade, amount: null)));
        await QuietAsync();

        var afforded = 50 * 8_747 / 8_800;
        Assert.Equal(afforded, results.Count(result => result is DeskResult.Answered));
        Assert.All(results.OfType<DeskResult.Refused>(), no => Assert.Equal(RefusalCodes.InsufficientMerchantBalance, no.Refusal.Code));
        Assert.Equal((50 * 8_747) - (afforded * 8_800), await Merchants.BalanceAsync(Database, _number));
    }

    /// <summary>At one node or the other; a request that lost too many races is made again under its key, as merchants do.</summary>
    private async Task<DeskResult> UntilAnsweredAsync(int request, OrderId trade, long? amount)
    {
        var merchant = (request % 2 == 0 ? Engine : _other).As(_number);
        var key = MerchantHand.NewName("refund");
        while (true)
        {
            var result = await merchant.RefundAsync(trade, amount, key: key);
            if (result is not DeskResult.Refused { Refusal.Code: RefusalCodes.Unavailable })
            {
                return result;
            }
        }
    }

    private async Task<OrderId> PaidAsync()
    {
        var trade = await Engine.As(_number).OpenedAsync(MerchantHand.Purchase());
        await Engine.QuietAsync();
        return trade;
    }

    private async Task QuietAsync()
    {
        await Engine.QuietAsync();
        await _other.QuietAsync();
    }
}
