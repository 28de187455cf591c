using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.QueryBack;

/// <summary>Query plans as operations write them into the database.</summary>
[Trait("Rule", "C12")]
public sealed class QueryPlanRowsTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    [Fact]
    public async Task a_row_of_a_method_wins_over_the_row_of_any_and_refunds_have_their_own_C12()
    {
        await Database.ExecuteAsync(
            """
            insert into query_plan values (101, 'quick', 'payment', '10 min', 'Progressive', '5 min', '5 min', '60 min', '2 h', '26 h', '06:30', '23:00', '09:15');
            update query_plan set period = '7 s' where channel_id = 101 and direction = 'refund';
            """);
        var channel = (await Database.DirectoryAsync()).Channel(101);

        Assert.Equal(
            QueryPlan.OnlineBanking with
            {
                Hours = new AnswerHours(new TimeOnly(6, 30), new TimeOnly(23, 0), TestDatabase.Calendar),
                LastRound = new NextDayRound(new TimeOnly(9, 15), TestDatabase.Calendar),
            },
            channel.QueriesFor(PaymentMethod.Quick, PaymentKind.Payment));
        Assert.Equal(TimeSpan.FromSeconds(5), channel.QueriesFor(PaymentMethod.Wallet, PaymentKind.Payment).Period);
        Assert.Equal(TimeSpan.FromSeconds(7), channel.QueriesFor(PaymentMethod.Quick, PaymentKind.Refund).Period);
    }
}
