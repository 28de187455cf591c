using PaymentEngine.Core.Units;
using PaymentEngine.Store.Conditions;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Conditions;

/// <summary>How commits write down what they remember of cards, and how it is read without missing any of it.</summary>
[Trait("Rule", "C9")]
public sealed class CardNewsTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private CardMemoryStore Store => new(Bench.Reads);

    [Fact]
    public async Task what_begins_first_and_commits_last_is_not_missed_C9()
    {
        await using var slow = await Database.Sql.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using (var insert = slow.CreateCommand())
        {
            insert.CommandText = Insert("slow");
            await insert.ExecuteNonQueryAsync();
        }

        await Database.ExecuteAsync(Insert("quick"));
        var first = await Store.ReadAsync(0, Bench.Now, CancellationToken.None);
        Assert.Equal(["quick"], first.Failed.Select(failed => failed.Card));

        await transaction.CommitAsync();
        var second = await Store.ReadAsync(first.Horizon, Bench.Now, CancellationToken.None);
        Assert.Contains("slow", second.Failed.Select(failed => failed.Card));

        // Other tests' transactions on this server hold the horizon back for a moment.
        var horizon = second.Horizon;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var news = await Store.ReadAsync(horizon, Bench.Now, CancellationToken.None);
                horizon = news.Horizon;
                return news.Failed.Count == 0;
            },
            "what was read is behind the horizon");
    }

    [Fact]
    public async Task one_card_in_many_orders_of_a_batch_is_one_memory_and_as_many_answers_C9()
    {
        var committer = Bench.Committer();
        var families = new[] { await Bench.OpenedAsync(committer), await Bench.OpenedAsync(committer), await Bench.OpenedAsync(committer) };
        var units = families.Select((family, i) =>
        {
            var unit = Bench.Failing(family);
            unit.CardFailures.Add(new CardFailure("one", 101, Bench.Now.AddMinutes(10 * (i + 1))));
            unit.CardsWithoutFunds.Add(new CardWithoutFunds("one", Bench.Now.AddMinutes(i), Most: 3));
            return unit;
        }).ToArray();
        await Workbench.CommittedAsync(committer, units);

        var news = await Store.ReadAsync(0, Bench.Now, CancellationToken.None);
        Assert.Contains(new FailedCard("one", "sim-card", Bench.Now.AddMinutes(30)), news.Failed);
        Assert.Contains(new SpentCard("one", Bench.Now.AddHours(24)), news.Spent);
    }

    [Fact]
    public async Task committers_that_meet_on_the_same_cards_do_not_stop_each_other_C9()
    {
        var cards = Enumerable.Range(0, 20).Select(i => $"card-{i}").ToArray();
        var committers = new[] { Bench.Committer(0), Bench.Committer(1) };
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(committers.Select(async (committer, lane) =>
            {
                var unit = Bench.Failing(await Bench.OpenedAsync(committer));
                foreach (var card in lane == 0 ? cards : cards.Reverse())
                {
                    unit.CardFailures.Add(new CardFailure(card, 101, Bench.Now.AddMinutes(30)));
                    unit.CardsWithoutFunds.Add(new CardWithoutFunds(card, Bench.Now, Most: 100));
                }

                await Workbench.CommittedAsync(committer, unit);
            }));
        }

        Assert.Equal(20 * 20, await Database.ScalarAsync<long>("select sum(cardinality(answers)) from card_funds where card like 'card-%'"));
    }

    private static string Insert(string card) => $"insert into card_memory (card, channel_id, until) values ('{card}', 101, 'infinity')";
}
