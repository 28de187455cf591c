using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Journeys;

/// <summary>Two nodes on one database, asked at the same instant.</summary>
[Trait("Rule", "M1")]
public sealed class TwoNodeRaceTests(EngineWorld world) : EngineTests(world)
{
    private const int Rounds = 30;

    private EngineRig _other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _other = await World.StartAsync();
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task an_identical_request_at_both_gets_one_answer_byte_for_byte_O2()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (purchase, key) = (MerchantHand.Purchase(), MerchantHand.NewName("twice"));

            var answers = await BothAsync(merchant => merchant.OpenAsync(purchase, key));

            Assert.Equal((201, answers[0].Location), (answers[1].Status, answers[1].Location));
            Assert.Equal(answers[0].Body, answers[1].Body);
            await QuietAsync();
            Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(TradeOf(answers[0])));
        }
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task one_order_number_under_two_keys_opens_one_trade_with_one_payment_O2()
    {
        var trades = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            var purchase = MerchantHand.Purchase(Payers.Accept);

            var answers = await BothAsync(merchant => merchant.OpenAsync(purchase));

            Assert.Equal([200, 201], answers.Select(answer => answer.Status).Order());
            Assert.Equal(TradeOf(answers[0]), TradeOf(answers[1]));
            await QuietAsync();
            Assert.Equal("Paying Processing Processing Accepted", await Engine.StatesAsync(TradeOf(answers[0])));
            trades.Add(TradeOf(answers[0]).Value);
        }

        await Engine.LetPassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Rounds, await Database.ScalarAsync<long>("select count(*) from trade_order where state = 'Paid' and id = any($1)", trades.ToArray()));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task an_identical_payment_request_at_both_starts_one_payment_O13()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));
            var key = MerchantHand.NewName("pay-twice");

            var answers = await BothAsync(merchant => merchant.PayAsync(trade, new StartPayment(PaymentMethod.Quick, Payers.Good), key));

            Assert.Equal(answers[0].Body, answers[1].Body);
            await QuietAsync();
            Assert.Equal("Paid Succeeded Succeeded Succeeded", await Engine.StatesAsync(trade));
        }
    }

    [Fact]
    public async Task due_timers_are_handled_by_one_of_them_M1()
    {
        var trades = new List<OrderId>();
        for (var i = 0; i < 40; i++)
        {
            trades.Add(await Engine.As().OpenedAsync(MerchantHand.Purchase(i % 2 == 0 ? Payers.Garbage : null)));
        }

        await QuietAsync();
        World.Clock.Advance(TimeSpan.FromMinutes(15));
        await Task.WhenAll(Engine.HandleDueTimersAsync(), _other.HandleDueTimersAsync());

        for (var i = 0; i < trades.Count; i++)
        {
            Assert.Equal(i % 2 == 0 ? "Paid Succeeded Succeeded Succeeded" : "Closed", await Engine.StatesAsync(trades[i]));
            Assert.Equal(i % 2 == 0 ? 3 : 2, (await Engine.FamilyAsync(trades[i])).Trade.Version);
        }
    }

    [Fact]
    public async Task whatever_both_decide_at_once_about_a_trade_one_after_the_other_holds_M1()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(payerAccount: null));

            var results = await Task.WhenAll(
                Engine.As().PayAsync(trade, new StartPayment(PaymentMethod.Quick, Payers.Good)), _other.As().CloseAsync(trade));
            await QuietAsync();

            // Closed first, the payment is refused. Paying first, closing waits for the payment, which pays.
            var states = await Engine.StatesAsync(trade);
            Assert.True(
                (states, results[0], results[1]) is
                    ("Closed", DeskResult.Refused, DeskResult.Answered)
                    or ("Paid Succeeded Succeeded Succeeded", DeskResult.Answered, _),
                $"{states}: {results[0]}, {results[1]}");
        }
    }

    private async Task<Answer[]> BothAsync(Func<MerchantHand, Task<DeskResult>> ask)
    {
        var results = await Task.WhenAll(Task.Run(() => ask(Engine.As())), Task.Run(() => ask(_other.As())));
        Assert.All(results, result => Assert.True(result is DeskResult.Answered, $"{result}"));
        return [.. results.Cast<DeskResult.Answered>().Select(result => result.Answer)];
    }

    private Task QuietAsync() => Task.WhenAll(Engine.QuietAsync(), _other.QuietAsync());

    private static OrderId TradeOf(Answer answer) => MerchantHand.TradeOf(new DeskResult.Answered(answer));
}
