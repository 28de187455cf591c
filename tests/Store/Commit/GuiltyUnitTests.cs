using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Commit;

/// <summary>One batch of many units, some of which cannot commit: the innocent do not notice.</summary>
public sealed class GuiltyUnitTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private static readonly CommitResult Committed = CommitResult.Committed.Instance;

    [Fact]
    [Trait("Rule", "O13")]
    [Trait("Rule", "A3")]
    public async Task each_guilty_unit_gets_its_reason_and_the_innocent_commit_in_one_transaction()
    {
        var frozen = await AddMerchantAsync();
        var committer = Bench.Committer();
        var owner = await Bench.OpenedAsync(committer);
        var paid = await Bench.OpenedAsync(committer);
        var unfortunate = await Bench.OpenedAsync(committer, frozen);
        await Merchants.SetAccountStatusAsync(Database, frozen.Number, "Frozen");
        var (stale, staleKey) = await StaleAsync(committer);
        var keyTaken = Bench.Opening(key: await KeyOf(owner));
        var numberTaken = Bench.Opening(orderNo: owner.Trade.MerchantOrderNo, key: "k-number-taken");
        var refused = Bench.Succeeding(unfortunate);
        var overdraft = Overdrawing(await Bench.OpenedAsync(committer));
        var innocents = Enumerable.Range(0, 20).Select(_ => Bench.Opening()).Append(Bench.Succeeding(paid)).ToList();

        UnitOfWork[] guilty = [stale, keyTaken, numberTaken, refused, overdraft];
        var results = await Workbench.CommitAsync(committer, [.. innocents.Take(10), .. guilty, .. innocents.Skip(10)]);

        Assert.All(results[..10], result => Assert.Equal(Committed, result));
        Assert.All(results[15..], result => Assert.Equal(Committed, result));
        Assert.Equal(CommitResult.VersionConflict.Instance, results[10]);
        Assert.Equal(CommitResult.KeyTaken.Instance, results[11]);
        Assert.Equal(new CommitResult.OrderNumberTaken(owner.Trade.Id), results[12]);
        Assert.Equal(
            (PostingRefusalReason.AccountFrozen, Bench.AccountOf(AccountKind.Merchant, frozen.Id).Id),
            ReasonOf(results[13]));
        Assert.Equal(
            (PostingRefusalReason.Overdraft, Bench.AccountOf(AccountKind.Merchant, Bench.Merchant.Id).Id),
            ReasonOf(results[14]));
        Assert.Equal(1, await TransactionsOf(innocents));
        await DemandNoTraceAsync(guilty);

        // What was claimed was given back: every key and every posting is as free as before.
        await Merchants.SetAccountStatusAsync(Database, frozen.Number, "Open");
        await Workbench.CommittedAsync(
            committer,
            Bench.Paying(await Bench.LoadAsync(stale.Family.Trade.Id), staleKey),
            Bench.Opening(orderNo: keyTaken.Family.Trade.MerchantOrderNo),
            Bench.Opening(key: "k-number-taken"),
            Bench.Succeeding(await Bench.LoadAsync(unfortunate.Trade.Id)),
            Bench.Succeeding(await Bench.LoadAsync(overdraft.Family.Trade.Id)));
    }

    [Theory]
    [InlineData("RealTime")]
    [InlineData("Buffered")]
    [Trait("Rule", "A5")]
    public async Task a_unit_whose_account_somebody_holds_is_refused_and_the_innocent_commit_A5(string mode)
    {
        var number = await Merchants.AddAsync(Database);
        await Database.ExecuteAsync("update account set mode = $2, buffer_agreed = true where number = '2241.01.' || $1 || '.CNY'", number, mode);
        var innocent = await AddMerchantAsync();
        var busy = Bench.Directory.Merchants.Single(merchant => merchant.Number == number);
        var committer = Bench.Committer();
        var (held, free) = (await Bench.OpenedAsync(committer, busy), await Bench.OpenedAsync(committer, innocent));
        await using (await HoldRowAsync($"account where number = '2241.01.{number}.CNY'"))
        {
            var results = await Workbench.CommitAsync(committer, [Bench.Opening(), Bench.Succeeding(held), Bench.Succeeding(free)]);

            Assert.Equal(Committed, results[0]);
            Assert.Equal((PostingRefusalReason.AccountBusy, Bench.AccountOf(AccountKind.Merchant, busy.Id).Id), ReasonOf(results[1]));
            Assert.Equal(Committed, results[2]);
        }

        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.LoadAsync(held.Trade.Id)));
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_unit_whose_trade_somebody_holds_conflicts_and_the_innocent_commit_A5()
    {
        var committer = Bench.Committer();
        var (held, free) = (await Bench.OpenedAsync(committer), await Bench.OpenedAsync(committer));
        await using (await HoldRowAsync($"trade_order where id = {held.Trade.Id.Value}"))
        {
            var results = await Workbench.CommitAsync(committer, [Bench.Opening(), Bench.Succeeding(held), Bench.Succeeding(free)]);

            Assert.Equal([Committed, CommitResult.VersionConflict.Instance, Committed], results);
        }

        await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.LoadAsync(held.Trade.Id)));
    }

    [Theory]
    [InlineData("breaks a CHECK")]
    [InlineData("holds a character that the database has not")]
    [InlineData("holds half a character")]
    [Trait("Rule", "O13")]
    public async Task a_unit_that_cannot_be_written_is_isolated_O13(string guilt)
    {
        var committer = Bench.Committer();
        var (stale, _) = await StaleAsync(committer);
        var innocents = Enumerable.Range(0, 30).Select(_ => Bench.Opening()).ToList();
        var guilty = guilt switch
        {
            "breaks a CHECK" => Unwritable(),
            "holds half a character" => Bench.Opening(description: "\ud83c"),
            _ => Bench.Opening(description: "\0"),
        };

        var batch = innocents.Take(17).Append(guilty).Append(stale).Concat(innocents.Skip(17)).Select(unit => new PendingUnit(unit)).ToList();
        await committer.CommitAsync(batch);

        foreach (var pending in batch.Where(pending => innocents.Contains(pending.Unit)))
        {
            Assert.Equal(Committed, await pending.Result);
        }

        Assert.Equal(CommitResult.VersionConflict.Instance, await batch.Single(pending => pending.Unit == stale).Result);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => batch.Single(pending => pending.Unit == guilty).Result);
        Assert.Equal(
            guilt switch
            {
                "breaks a CHECK" => PostgresErrorCodes.CheckViolation,
                "holds half a character" => null,
                _ => PostgresErrorCodes.CharacterNotInRepertoire,
            },
            (failure as PostgresException)?.SqlState);
        await DemandNoTraceAsync([guilty]);
        await Workbench.CommittedAsync(
            committer, Bench.Opening(orderNo: guilty.Family.Trade.MerchantOrderNo, key: guilty.Claim!.Key));
    }

    [Fact]
    [Trait("Rule", "A3")]
    public async Task a_posting_that_does_not_balance_is_a_bug_of_its_unit_alone()
    {
        var committer = Bench.Committer();
        var paid = await Bench.OpenedAsync(committer);
        var unit = Bench.Failing(await Bench.OpenedAsync(committer));
        unit.Postings.Add(Bench.HandMade(
            unit.Family.Payments[0], PostingKind.Surplus, (Bench.AccountOf(AccountKind.Suspense), 100), (Bench.AccountOf(AccountKind.FeeIncome), -99)));
        PendingUnit[] batch = [new(Bench.Opening()), new(Bench.Succeeding(paid)), new(unit), new(Bench.Opening())];

        await committer.CommitAsync([.. batch]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => batch[2].Result);
        Assert.All(await Task.WhenAll(batch[0].Result, batch[1].Result, batch[3].Result), result => Assert.Equal(Committed, result));
        await Workbench.CommittedAsync(committer, Bench.Failing(await Bench.LoadAsync(unit.Family.Trade.Id)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [Trait("Rule", "O13")]
    public async Task whatever_the_mixture_every_unit_gets_what_it_deserves(int seed)
    {
        var random = new Random(seed);
        var committer = Bench.Committer(lane: seed);
        var takenKey = await KeyOf(await Bench.OpenedAsync(committer));
        var units = new List<(UnitOfWork Unit, Type? Deserves)>();
        for (var i = 0; i < 40; i++)
        {
            units.Add(random.Next(7) switch
            {
                0 => ((await StaleAsync(committer)).Unit, typeof(CommitResult.VersionConflict)),
                // The same guilt twice in a batch would be a matter of who comes first; the former never leaves it to chance.
                1 when units.TrueForAll(u => u.Unit.Claim?.Key != takenKey) => (Bench.Opening(key: takenKey), typeof(CommitResult.KeyTaken)),
                2 => (Overdrawing(await Bench.OpenedAsync(committer)), typeof(CommitResult.PostingRefused)),
                3 => (Unwritable(), null),
                4 => (Bench.Succeeding(await Bench.OpenedAsync(committer)), typeof(CommitResult.Committed)),
                _ => (Bench.Opening(), typeof(CommitResult.Committed)),
            });
        }

        var batch = units.Select(u => new PendingUnit(u.Unit)).ToList();
        await committer.CommitAsync(batch);

        for (var i = 0; i < batch.Count; i++)
        {
            var result = batch[i].Result;
            Assert.Equal(units[i].Deserves, result.IsFaulted ? null : (await result).GetType());
        }

        await DemandNoTraceAsync([.. units.Where(u => u.Deserves != typeof(CommitResult.Committed)).Select(u => u.Unit)]);
    }

    /// <summary>A unit with a request key, decided on a family that somebody changed since.</summary>
    private async Task<(UnitOfWork Unit, string Key)> StaleAsync(UnitCommitter committer)
    {
        var trade = (await Bench.OpenedAsync(committer)).Trade.Id;
        var seenBefore = await Bench.LoadAsync(trade);
        await Workbench.CommittedAsync(committer, Bench.Failing(await Bench.LoadAsync(trade)));
        var unit = Bench.Paying(seenBefore);
        return (unit, unit.Claim!.Key);
    }

    /// <summary>A unit whose posting takes more from the merchant than he has.</summary>
    private UnitOfWork Overdrawing(TradeFamily family)
    {
        const long FarTooMuch = 1_000_000_000_000;
        var unit = Bench.Failing(family);
        unit.Postings.Add(Bench.HandMade(
            family.Payments[0],
            PostingKind.Payment,
            (Bench.AccountOf(AccountKind.FeeIncome), FarTooMuch),
            (Bench.AccountOf(AccountKind.Merchant, family.Trade.MerchantId), -FarTooMuch)));
        return unit;
    }

    private UnitOfWork Unwritable()
    {
        var unit = Bench.Opening();
        unit.Family.Payments[0].Failure = "failed without having failed";
        return unit;
    }

    private Task<string> KeyOf(TradeFamily family) =>
        Database.ScalarAsync<string>("select request_key from merchant_request where trade_id = $1", family.Trade.Id.Value)!;

    private async Task<long> TransactionsOf(IEnumerable<UnitOfWork> units) => await Database.ScalarAsync<long>(
        "select count(distinct xmin::text) from trade_order where id = any($1)", units.Select(u => u.Family.Trade.Id.Value).ToArray());

    /// <summary>Nothing of what these units decided is in the database, and nothing of what they claimed.</summary>
    private async Task DemandNoTraceAsync(UnitOfWork[] guilty)
    {
        foreach (var unit in guilty)
        {
            var trade = unit.Family.Trade.Id.Value;
            Assert.Equal(unit.BaseVersion == 0 ? null : unit.BaseVersion, await LowestVersionAsync(unit));
            Assert.Equal(0, await Count("order_step where trade_id = $1 and actor = 'test' and request_serial = $2", trade, unit.Context.RequestSerial));
            Assert.Equal(0, await Count("posting p where p.order_id = any($1)", unit.Postings.Select(p => p.Order.Value).ToArray()));
            Assert.Equal(0, await Count("entry e where e.posting_id = any($1)", unit.Postings.Select(p => p.Id.Value).ToArray()));
            if (unit.Claim is { } claim)
            {
                Assert.Equal(0, await Count("merchant_request where request_key = $1 and trade_id = $2 and version = $3", claim.Key, trade, unit.BaseVersion + 1));
            }

            if (unit.OpensTrade)
            {
                foreach (var table in (string[])["payment_order", "payment_instruction", "institution_order", "timer", "merchant_request"])
                {
                    Assert.Equal(0, await Count($"{table} where trade_id = $1", trade));
                }
            }
        }
    }

    private async Task<int?> LowestVersionAsync(UnitOfWork unit) =>
        await Database.ScalarAsync<int?>("select least(version, $2) from trade_order where id = $1", unit.Family.Trade.Id.Value, unit.BaseVersion);

    private async Task<long> Count(string what, params object[] values) =>
        await Database.ScalarAsync<long>($"select count(*) from {what}", values);

    /// <summary>Somebody holds the row until his connection is given back.</summary>
    private async Task<NpgsqlConnection> HoldRowAsync(string row)
    {
        var holder = await Database.Sql.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand($"begin; select from {row} for update", holder);
        await hold.ExecuteNonQueryAsync();
        return holder;
    }

    private static (PostingRefusalReason Reason, long Account) ReasonOf(CommitResult result)
    {
        var refusal = Assert.IsType<CommitResult.PostingRefused>(result).Refusal;
        return (refusal.Reason, refusal.AccountId);
    }
}
