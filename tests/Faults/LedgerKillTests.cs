using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

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
        await world.Database.ExecuteAsync(
            "insert into ops_key (key_hash, actor) values (sha256(convert_to('maker', 'UTF8')), 'maker'), (sha256(convert_to('checker', 'UTF8')), 'checker')");
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
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
        using var maker = new MerchantClient(address, "maker", TimeSpan.FromSeconds(10));
        using var checker = new MerchantClient(address, "checker", TimeSpan.FromSeconds(10));
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
            var asked = await UntilAsync(() => maker.PostAsync("/ops/v1/ledger/adjustments", $"book-{person}-{i}", body), 201);
            var (number, hash) = ((string)asked.Json["adjustment"]!, (string)asked.Json["content_hash"]!);
            await UntilAsync(
                () => checker.PostAsync($"/ops/v1/ledger/adjustments/{number}/approve", null, $$"""{"content_hash":"{{hash}}"}"""), 200);
            booked.Enqueue(minor);
        }
    }

    /// <summary>Again and again under the same key, while the engine is dead or starting.</summary>
    private static async Task<MerchantAnswer> UntilAsync(Func<Task<MerchantAnswer>> ask, int status)
    {
        while (true)
        {
            try
            {
                var answer = await ask();
                if (answer.Status == status)
                {
                    return answer;
                }

                Assert.True(answer.Status == 503, answer.Text);
            }
            catch (Exception dead) when (dead is HttpRequestException or OperationCanceledException or IOException)
            {
                // Nobody answered: it is asked again.
            }

            await Task.Delay(50);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
