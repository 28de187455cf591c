using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Routing.Book;
using PaymentEngine.Store.Routing;
using PaymentEngine.Store.Startup;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

/// <summary>What the database itself refuses, whoever asks it, and what became of the scripts from before.</summary>
[Trait("Rule", "P4")]
public sealed class RoutingHistoryTests(EngineWorld world) : EngineTests(world)
{
    private static readonly RoutingItem Script = RoutingItem.Script("frozen");

    [Theory]
    [InlineData("update routing_version set text = 'ret 2' where name = 'frozen'")]
    [InlineData("delete from routing_version where name = 'frozen'")]
    [InlineData("truncate routing_version cascade")]
    [InlineData("update routing_activation set share = 50 where name = 'frozen'")]
    [InlineData("delete from routing_activation")]
    [InlineData("truncate routing_activation cascade")]
    [InlineData("update routing_verdict set decided_by = 'nobody'")]
    [InlineData("delete from routing_verdict")]
    [InlineData("truncate routing_verdict")]
    [InlineData("insert into route_script (hook, version, script, changed_by) values ('reroute', 9, 'ret true', 'li')")]
    public async Task what_was_said_about_routing_cannot_be_unsaid_P4(string sql)
    {
        await Engine.PutIntoForceAsync(Script, "ret 1");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [Trait("Rule", "P2")]
    [InlineData("insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'li', 'approved', 'li', now())")]
    [InlineData("insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'wu', 'approved', 'li', now())")]
    [InlineData(
        """
        insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'li', 'withdrawn', 'li', now());
        insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'li', 'approved', 'wu', now())
        """)]
    [InlineData(
        """
        insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'li', 'approved', 'wu', '2050-01-01');
        insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at) values ($1, 'li', 'withdrawn', 'wu', '2050-01-01')
        """)]
    [InlineData(
        """
        insert into routing_activation (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
        select kind, name, version, share, '2049-01-01', true, '', 'zhao', '2049-01-01', 'k', body_hash from routing_activation where id = $1
        """)]
    [InlineData(
        """
        insert into routing_activation (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
        select kind, 'reroute', 0, 50, from_at, false, '', 'zhao', requested_at, 'k', body_hash from routing_activation where id = $1
        """)]
    [InlineData(
        """
        insert into routing_activation (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
        select kind, name, 999, 100, from_at, false, '', 'zhao', requested_at, 'k', body_hash from routing_activation where id = $1
        """)]
    public async Task nobody_agrees_with_himself_or_to_what_is_settled_by_sql_either_P2(string sql)
    {
        var fresh = RoutingItem.Script($"fresh_{Guid.NewGuid():N}");
        var asked = await Engine.RequestAsync(fresh, await Engine.DraftAsync(fresh, "ret 1"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql.Replace("$1", $"{asked.Id}", StringComparison.Ordinal)));
        Assert.StartsWith("23", refused.SqlState, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C17")]
    public async Task scripts_from_before_count_as_approved_and_are_in_force_C17()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var log = NullLogger<Migrator>.Instance;
        await new Migrator(database.Sql, [.. Migration.All.Where(migration => migration.Number < 12)], log).MigrateAsync(CancellationToken.None);
        await database.ExecuteAsync(
            """
            insert into route_script (hook, version, script, changed_by, changed_at) values
                ('reroute', 1, 'ret true', 'li', '2026-01-01'), ('reroute', 2, 'ret false', 'wu', '2026-01-02'),
                ('resend', 1, 'ret true', 'li', '2026-01-01'), ('resend', 2, null, 'li', '2026-01-03');
            """);
        await new Migrator(database.Sql, log).MigrateAsync(CancellationToken.None);

        var heads = await new RoutingStore(database.Sql).LoadAsync(RoutingHeads.Empty, TestDatabase.Morning, CancellationToken.None);
        var inForce = RoutingInForce.At(TestDatabase.Morning, heads.Activations);
        var (reroute, resend) = (RoutingItem.Script("reroute"), RoutingItem.Script("resend"));
        Assert.Equal((2, 1, 0), (inForce.Of(reroute).Active, inForce.Of(reroute).LastGood, inForce.Of(resend).Active));
        Assert.Equal("ret false", heads.Versions[new(reroute, 2)].Text);
        Assert.Equal("wu", heads.Activations.Single(it => it.Item == reroute && it.Version == 2).RequestedBy);
    }
}
