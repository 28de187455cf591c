using PaymentEngine.Core;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Numbers;

/// <summary>Lives of one database after a restore, also with numbers of four digits, of which there are 9,999 a day.</summary>
[Trait("Rule", "O10")]
public sealed class NumberEraTests
{
    private const long Capacity = 9_999;

    private static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>No time has passed since the day began, and none will.</summary>
    private static readonly DateTime Soon = DateTime.UtcNow.AddHours(12);

    [Fact]
    public async Task each_era_has_numbers_of_its_own_and_takes_half_of_what_is_left_O10()
    {
        await using var database = await TestDatabase.CreateAsync();
        var seen = new HashSet<long>();
        var counts = new List<int>();

        for (var era = 0; era < 6; era++)
        {
            await database.ExecuteAsync("select begin_number_era('a test')");
            var numbers = await DrainAsync(database, "number:9", Soon);
            counts.Add(numbers.Count);
            Assert.All(numbers, number => Assert.True(seen.Add(number) && number is >= 1 and <= Capacity));
        }

        Assert.Equal([2_500, 1_250, 625, 312, 156, 78], counts);
    }

    [Fact]
    public async Task an_era_long_before_a_day_leaves_the_day_whole_O10()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("select begin_number_era('a test'); update number_era set begun_at = now() - interval '32 days'");
        await database.ExecuteAsync(
            "update number_era e set (system_identifier, timeline, database_oid) = (select * from number_witness())");

        var numbers = await DrainAsync(database, "number:9", Soon);

        Assert.Equal(5_000, numbers.Count);
        Assert.Equal(1, numbers.Min());
    }

    [Fact]
    public async Task a_copy_that_nobody_can_tell_from_its_original_begins_above_what_the_original_took_O10()
    {
        await using var database = await TestDatabase.CreateAsync();
        var dayBegan = DateTime.UtcNow.AddHours(-12);
        var original = await TakeAsync(database, "number:9", dayBegan, 4_000, capacity: 99_999_999);

        // The copy knows nothing of what was taken, and is asked ten minutes later.
        await database.ExecuteAsync("delete from number_range");
        var copy = await TakeAsync(database, "number:9", dayBegan.AddMinutes(-10), 4_000, capacity: 99_999_999);

        Assert.True(copy.First >= original.First + original.Taken, $"{original} and then {copy}");
    }

    [Fact]
    public async Task a_database_that_moved_begins_one_era_however_many_notice_and_tells_somebody_O10()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("select keep_number_era(); delete from alert_signal; update number_era set timeline = 'another'");
        var before = await database.ScalarAsync<int>("select max(era) from number_era");

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new NumberEras(database.Sql).KeepAsync(CancellationToken.None)));

        Assert.Single(begun, here => here);
        Assert.Equal(before + 1, await database.ScalarAsync<int>("select max(era) from number_era"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from alert_signal where kind = 'number_era'"));
    }

    [Fact]
    public async Task a_channel_without_numbers_is_refused_and_the_others_go_on_O10()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("update channel set number_length = 15 where id = 101");
        var directory = (await database.DirectoryAsync());
        var node = new NumberSource(database.Sql, TestDatabase.Calendar);
        var numbers = new HashSet<string>();

        await Assert.ThrowsAsync<NumbersExhaustedException>(async () =>
        {
            while (true)
            {
                await node.PrepareAsync(TestDatabase.Today, TestDatabase.Morning, directory);
                Assert.True(numbers.Add(node.NextInstitutionNumber(directory.Channel(101), TestDatabase.Morning)));
            }
        });

        Assert.Equal(5_000, numbers.Count);
        await node.PrepareAsync(TestDatabase.Today, TestDatabase.Morning, directory);
        Assert.StartsWith("102", node.NextInstitutionNumber(directory.Channel(102), TestDatabase.Morning), StringComparison.Ordinal);
        Assert.Equal(TestDatabase.Today, node.NextId(TestDatabase.Today).Day);
    }

    private static async Task<List<long>> DrainAsync(TestDatabase database, string scope, DateTime dayBegins)
    {
        var numbers = new List<long>();
        while (await TakeAsync(database, scope, dayBegins, 100) is { Taken: > 0 } block)
        {
            numbers.AddRange(Enumerable.Range(0, (int)block.Taken).Select(at => block.First + at));
        }

        return numbers;
    }

    private static async Task<(long First, long Taken)> TakeAsync(TestDatabase database, string scope, DateTime dayBegins, long amount, long capacity = Capacity) =>
        (await database.ReadAsync(
            "select first, taken from take_numbers($1, $2, $3, $4, $5)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            scope, Day, dayBegins, capacity, amount)).Single();
}
