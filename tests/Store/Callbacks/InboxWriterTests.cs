using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Store.Inbox;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Callbacks;

/// <summary>How callbacks become durable: together, and one's fault is not another's.</summary>
[Trait("Rule", "C15")]
public sealed class InboxWriterTests(DatabaseFixture fixture) : DatabaseTests(fixture)
{
    private static readonly TimeSpan LongPace = TimeSpan.FromMilliseconds(200);

    private static int _sequence;

    public override async Task InitializeAsync() => await Database.ExecuteAsync("truncate callback, callback_pending");

    [Fact]
    public async Task callbacks_that_come_together_share_transactions()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits(Database.ConnectionString);
        await using var inbox = Writer(source, new InboxOptions { Pace = LongPace });

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => inbox.StoreAsync(Callback()))), Assert.True);

        Assert.Equal(300, await Database.ScalarAsync<long>("select count(*) from callback c join callback_pending p on p.id = c.id"));
        Assert.InRange(await Database.ScalarAsync<long>("select count(distinct xmin::text) from callback"), 1, 10);
    }

    [Fact]
    public async Task callbacks_of_two_days_are_stored_in_one_transaction()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits(Database.ConnectionString);
        await using var inbox = Writer(source, new InboxOptions { Pace = LongPace });
        Assert.True(await inbox.StoreAsync(Callback()));

        Assert.All(await Task.WhenAll(inbox.StoreAsync(Callback()), inbox.StoreAsync(Callback(TestDatabase.Today.AddDays(1)))), Assert.True);

        Assert.Equal(2, await Database.ScalarAsync<long>("select count(distinct xmin::text) from callback"));
        Assert.Equal(2, await Database.ScalarAsync<long>("select count(distinct tableoid) from callback"));
    }

    [Fact]
    public async Task one_that_cannot_be_written_does_not_take_the_others_with_it()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits(Database.ConnectionString);
        await using var inbox = Writer(source, new InboxOptions { Pace = LongPace });
        await inbox.StoreAsync(Callback());

        var stored = await Task.WhenAll(
            inbox.StoreAsync(Callback()),
            inbox.StoreAsync(Callback(number: "1\02")),
            inbox.StoreAsync(Callback(number: "\ud800")),
            inbox.StoreAsync(Callback()));

        Assert.Equal([true, false, false, true], stored);
        Assert.Equal(3, await Database.ScalarAsync<long>("select count(*) from callback"));
    }

    [Fact]
    public async Task a_full_inbox_turns_away_and_what_waits_is_stored_when_the_database_goes_on()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits(Database.ConnectionString);
        await using var inbox = Writer(source, new InboxOptions { Pace = TimeSpan.Zero, MaximumBatch = 1, QueueCapacity = 2 });
        var waiting = new List<Task<bool>>();
        await using (var other = await Database.Sql.OpenConnectionAsync())
        {
            await using var blocking = await other.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("lock table callback_pending", other);
            await command.ExecuteNonQueryAsync();

            // One is being written, two wait, and at some point there is no room for the next.
            while (waiting.Count < 3 || !waiting[^1].IsCompleted)
            {
                waiting.Add(inbox.StoreAsync(Callback()));
            }

            Assert.False(await waiting[^1]);
        }

        waiting.RemoveAll(stored => stored is { IsCompletedSuccessfully: true, Result: false });
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.Equal(waiting.Count, await Database.ScalarAsync<long>("select count(*) from callback"));
    }

    [Fact]
    public async Task without_a_database_nothing_is_said_to_be_stored()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits("Host=127.0.0.1;Port=1;Username=nobody");
        await using var inbox = Writer(source, new InboxOptions());

        Assert.False(await inbox.StoreAsync(Callback()));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task claims_of_one_moment_never_share_a_callback_M1()
    {
        await using var source = PaymentEngine.Store.Database.ForCommits(Database.ConnectionString);
        var inbox = new InboxStore(source);
        await Database.ExecuteAsync("insert into callback_pending (id, due_at) select n, now() from generate_series(1, 1000) n");

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(
            () => inbox.ClaimAsync(20, TimeSpan.FromMinutes(1), CancellationToken.None))));

        var claimed = claims.SelectMany(ids => ids).ToList();
        Assert.Equal(claimed.Count, claimed.Distinct().Count());
        Assert.NotEmpty(claimed);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void an_outcome_is_read_as_it_was_written(ChannelOutcome outcome) =>
        Assert.Equal(outcome, OutcomeJson.Read(OutcomeJson.Write(outcome), "sample"u8.ToArray()));

    public static TheoryData<ChannelOutcome> Outcomes =>
    [
        new ChannelOutcome.NotSent("refused"),
        new ChannelOutcome.Succeeded(new Money(-1, Currency.Parse("JPY")), "ref \" \0", "OK"),
        new ChannelOutcome.Failed("51", "余额不足"),
        new ChannelOutcome.Failed("96", "down", OfTheChannel: true),
        new ChannelOutcome.Failed("40", "closed", OfTheChannel: true, Closed: true),
        new ChannelOutcome.Accepted(null, "P"),
        new ChannelOutcome.Accepted("ref", "P"),
        new ChannelOutcome.NotKnown("404"),
        new ChannelOutcome.Unknown("garbage"),
        new ChannelOutcome.Unknown("not mapped", new UnmappedCode(ChannelInterface.Callback, "77", "b", "sample")),
        new ChannelOutcome.Unknown("not mapped", new UnmappedCode(ChannelInterface.Query, "77", null, "sample")),
    ];

    private static InboxWriter Writer(NpgsqlDataSource source, InboxOptions options) =>
        new(source, options, NullLogger<InboxWriter>.Instance);

    private static NewCallback Callback(DateOnly? day = null, string number = "101204003010000000000001") => new(
        OrderId.Create(day ?? TestDatabase.Today, Interlocked.Increment(ref _sequence)),
        101,
        number,
        TestDatabase.Morning,
        "body"u8.ToArray(),
        new ChannelOutcome.Failed("51", "no funds"));
}
