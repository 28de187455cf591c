using System.Collections.Concurrent;
using System.Globalization;
using PaymentEngine.Tests.Support.Ledger;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// kill -9 of the engine while people book by hand: what was acknowledged is booked, and whatever was asked again is
/// booked once (A10).
/// </summary>
[Trait("Rule", "A10")]
[Trait("Rule", "A3")]
[Trait("Category", "Slow")]
public sealed class LedgerKillTests
{
    private const int Kills = 5;
    private const int People = 6;
    private const string Merchant = "2241.01.M1001.CNY";

    [Fact]
    public async Task Adjustments_survive_kills_of_the_engine_and_are_booked_once_each()
    {
        await using var world = await World.CreateAsync();
        await world.HirePeopleAsync();
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        world.Settings.Urls = address.ToString();
        var engine = await EngineProcess.StartAsync(world.Settings);
        using var enough = new CancellationTokenSource();
        var booked = new ConcurrentQueue<long>();
        var people = Enumerable.Range(0, People).Select(person => BookAsync(address, person, booked, enough.Token)).ToList();
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                var before = booked.Count;
                await Eventually.BecomesTrueAsync(() => Task.FromResult(booked.Count > before + 10), "people book");
                await engine.KillAsync();
                await engine.DisposeAsync();
                engine = await EngineProcess.StartAsync(world.Settings);
            }

            await enough.CancelAsync();
            await Task.WhenAll(people);

            world.Database.Sql.Clear();
            Assert.Equal(booked.Sum(), await world.Database.ScalarAsync<long>("select booked + buffered from account_balance where number = $1", Merchant));
            Assert.Equal(booked.Count, await world.Database.ScalarAsync<long>("select count(*) from ledger_request where kind = 'Adjustment'"));
            Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from adjustment where verdict = 'Approved' and posting_id is null"));
            await world.Judge.TheBooksAreCleanAsync();
        }
        finally
        {
            await engine.DisposeAsync();
        }
    }

    /// <summary>One adjustment after the other, each asked for and approved until it is known to be booked.</summary>
    private static async Task BookAsync(Uri address, int person, ConcurrentQueue<long> booked, CancellationToken enough)
    {
        using var clerks = new LedgerClerks([address], "maker", "checker", TimeSpan.FromSeconds(10));
        for (var i = 1; !enough.IsCancellationRequested; i++)
        {
            var minor = (person * 1_000) + i;
            var value = (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
            var amount = $$"""{"value":"{{value}}","currency":"CNY"}""";
            var body = $$"""
                {"reason":"a fee given back","legs":[
                 {"account":"6021.01.CNY","side":"debit","amount":{{amount}}},
                 {"account":"{{Merchant}}","side":"credit","amount":{{amount}}}]}
                """;
            var asked = LedgerStage.Demand(await clerks.AskAsync("adjustments", $"book-{person}-{i}", body), 201);
            var (number, hash) = ((string)asked.Json["adjustment"]!, (string)asked.Json["content_hash"]!);
            LedgerStage.Demand(await clerks.DecideAsync($"adjustments/{number}/approve", $$"""{"content_hash":"{{hash}}"}"""), 200);
            booked.Enqueue(minor);
        }
    }
}
