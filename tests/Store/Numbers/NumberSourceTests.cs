using System.Collections.Concurrent;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Numbers;

[Trait("Rule", "O10")]
public sealed class NumberSourceTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    private EngineDirectory _directory = null!;

    public override async Task InitializeAsync() =>
        _directory = (await Database.DirectoryAsync());

    [Fact]
    public async Task two_nodes_never_hand_out_the_same_number_O10()
    {
        const int PerTaker = 20_000;
        NumberSource[] nodes = [Node(), Node()];
        var channel = _directory.Channel(101);
        var ids = new ConcurrentBag<OrderId>();
        var numbers = new ConcurrentBag<string>();

        // Two threads on each node; they outrun the blocks that were fetched ahead.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(taker => Task.Run(async () =>
        {
            var node = nodes[taker % 2];
            for (var i = 0; i < PerTaker; i++)
            {
                await node.PrepareAsync(TestDatabase.Today, TestDatabase.Morning, _directory);
                ids.Add(node.NextId(TestDatabase.Today));
                numbers.Add(node.NextInstitutionNumber(channel, TestDatabase.Morning));
            }
        })));

        Assert.Equal(4 * PerTaker, ids.Distinct().Count());
        Assert.Equal(4 * PerTaker, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.StartsWith("10120400301", number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_restart_leaves_a_gap_and_never_uses_a_number_again_O10()
    {
        var seen = new HashSet<string>();
        var last = OrderId.FirstOf(TestDatabase.Today);
        for (var start = 0; start < 5; start++)
        {
            var node = Node();
            await node.PrepareAsync(TestDatabase.Today, TestDatabase.Morning, _directory);
            for (var i = 0; i < 10; i++)
            {
                var id = node.NextId(TestDatabase.Today);
                Assert.True(id > last);
                last = id;
                Assert.True(seen.Add(node.NextInstitutionNumber(_directory.Channel(102), TestDatabase.Morning)));
            }
        }
    }

    [Fact]
    public async Task a_crowd_at_the_start_of_a_day_is_served_O10()
    {
        const int Crowd = 2_000;
        const int Each = 7;
        var node = Node();
        var ids = new ConcurrentBag<OrderId>();

        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => Task.Run(async () =>
        {
            await node.PrepareAsync(TestDatabase.Today, TestDatabase.Morning, _directory);
            for (var i = 0; i < Each; i++)
            {
                ids.Add(node.NextId(TestDatabase.Today));
            }
        })));

        Assert.Equal(Crowd * Each, ids.Distinct().Count());
    }

    [Fact]
    public async Task the_partitions_of_a_day_exist_before_its_first_id()
    {
        var day = TestDatabase.Today.AddDays(500);
        Assert.False(await ExistsAsync($"trade_order_{day:yyyyMMdd}"));

        var node = Node();
        await node.PrepareAsync(day, TestDatabase.Morning.AddDays(500), _directory);
        var id = node.NextId(day);

        Assert.Equal(day, id.Day);
        foreach (var parent in Parents)
        {
            Assert.True(await ExistsAsync($"{parent}_{day:yyyyMMdd}"));
        }
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task nodes_that_need_a_new_day_at_the_same_moment_create_it_once_M1()
    {
        var day = TestDatabase.Today.AddDays(600);
        await using var connection = await Database.Sql.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('ensure_order_day'))", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // All of them have seen that the day is missing, and wait for each other.
        var midnight = TestDatabase.Morning.AddDays(600);
        var nodes = Enumerable.Range(0, 3).Select(_ => Node()).ToList();
        var prepared = nodes.Select(node => node.PrepareAsync(day, midnight, _directory).AsTask()).ToList();
        var ensured = Enumerable.Range(0, 2).Select(_ => Database.ExecuteAsync("select ensure_entry_day($1)", day)).ToList();
        await Eventually.BecomesTrueAsync(
            async () => await Database.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'") == 5,
            "all wait for the day");
        await held.CommitAsync();
        await Task.WhenAll(prepared.Concat(ensured));

        Assert.Equal(3, nodes.Select(node => node.NextId(day)).Distinct().Count());
        Assert.Equal(await ShapeOfAsync(TestDatabase.Today), await ShapeOfAsync(day));
    }

    private static readonly string[] Parents =
        ["trade_order", "payment_order", "payment_instruction", "institution_order", "order_step", "posting"];

    private NumberSource Node() => new(Database.Sql, TestDatabase.Calendar);

    private Task<bool> ExistsAsync(string table) => Database.ScalarAsync<bool>("select to_regclass($1) is not null", table);

    /// <summary>Every partition of a day with its indexes and triggers.</summary>
    private Task<List<string>> ShapeOfAsync(DateOnly day) => Database.ReadAsync(
        """
        select left(c.relname, -8) || ' indexes ' || (select count(*) from pg_index i where i.indrelid = c.oid)
               || ' triggers ' || (select count(*) from pg_trigger t where t.tgrelid = c.oid)
        from pg_class c where c.relkind = 'r' and right(c.relname, 8) = $1 order by c.relname
        """,
        row => row.GetString(0),
        $"{day:yyyyMMdd}");
}
