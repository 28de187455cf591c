using PaymentEngine.Core.Alerts;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Alerts;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Alerts;

/// <summary>What needs a person raises an alert in the commit that found it out.</summary>
[Trait("Rule", "P3")]
public sealed class AlertsOfCommitsTests(EngineWorld world) : EngineTests(world)
{
    [Fact]
    public async Task orders_that_stay_unknown_are_one_alert_of_the_work_list_P3()
    {
        Engine.QueriesAreAnswered(_ => new ChannelOutcome.Unknown("the line is down"));
        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.TimeoutExecuted));
        await Engine.LetPassAsync(TimeSpan.FromHours(30));

        var alert = Assert.Single(await OpenAsync(), listed => listed.Alert.Subject == "no result after rounds of queries").Alert;
        var onTheList = await Database.ScalarAsync<long>("select count(*) from work_item where reason like 'no result after%'");
        Assert.True(onTheList >= 2);
        Assert.Equal(("work_list", onTheList, AlertSeverity.Warning), (alert.Kind, alert.Times, alert.Severity));
        Assert.Matches("^Orders wait for a person, the latest is O[0-9]{18}: ", alert.Text);
    }

    [Fact]
    public async Task an_amount_that_differs_is_a_critical_alert_and_said_again_it_is_no_second_one_P3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        await Engine.QuietAsync();
        var order = (await Engine.FamilyAsync(trade)).InstitutionOrders[0];

        foreach (var more in new[] { 1, 2 })
        {
            await Engine.Institution().SucceededAsync(order.InstitutionNumber, order.Amount.Minor + more);
            await Engine.HandleCallbacksAsync();
        }

        var alert = Assert.Single(await OpenAsync(), listed => listed.Alert.Subject == DifferenceKinds.AmountDiffers).Alert;
        Assert.Equal(("difference", AlertSeverity.Critical, 1), (alert.Kind, alert.Severity, alert.Times));
        Assert.StartsWith($"Differences are open, the latest of order {order.Number}: ", alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_a_channel_says_of_orders_of_another_and_of_none_is_raised_P3()
    {
        var trade = await Engine.As().OpenedAsync(MerchantHand.Purchase(Payers.Stuck));
        await Engine.QuietAsync();

        await Engine.Institution("sim-bank").SucceededAsync((await Engine.FamilyAsync(trade)).InstitutionOrders[0]);
        await Engine.Institution("sim-bank").SucceededAsync("102260301000000000000000");
        await Engine.HandleCallbacksAsync();
        await Engine.SweepAsync(TimeSpan.FromMinutes(11));

        var wrong = Assert.Single(await OpenAsync(), listed => listed.Alert.Subject == DifferenceKinds.WrongChannel).Alert;
        Assert.Equal(("difference", AlertSeverity.Critical), (wrong.Kind, wrong.Severity));
        Assert.StartsWith($"Differences are open, the latest of order {(await Engine.FamilyAsync(trade)).InstitutionOrders[0].Number}: ", wrong.Text, StringComparison.Ordinal);
        Assert.Contains(await OpenAsync(), listed => (listed.Alert.Kind, listed.Alert.Subject) == ("callback_unmatched", "sim-bank"));
    }

    [Fact]
    public async Task a_posting_that_is_refused_again_and_again_is_raised_once_P3()
    {
        var merchant = await Merchants.AddAsync(Database);
        await Engine.UpkeepAsync();
        await Merchants.SetAccountStatusAsync(Database, merchant, "Frozen");
        await Engine.As(merchant).OpenedAsync(MerchantHand.Purchase());
        await Engine.LetPassAsync(TimeSpan.FromHours(3));

        var alert = Assert.Single(await OpenAsync(), listed => listed.Alert.Subject.StartsWith("posting refused", StringComparison.Ordinal)).Alert;
        Assert.Equal(("work_list", 1), (alert.Kind, alert.Times));
    }

    private async Task<IReadOnlyList<ListedAlert>> OpenAsync()
    {
        var store = Engine.Part<AlertStore>();
        await store.FoldAsync(CancellationToken.None);
        return await store.ListAsync(all: false, CancellationToken.None);
    }
}
