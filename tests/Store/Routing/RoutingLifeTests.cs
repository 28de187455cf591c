using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Text;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Store.Routing;
using PaymentEngine.Tests.Support.Engine;
using Xunit;

namespace PaymentEngine.Tests.Store.Routing;

/// <summary>Versions and activations in the database, and what two nodes make of them.</summary>
[Trait("Rule", "C17")]
public sealed class RoutingLifeTests(EngineWorld world) : EngineTests(world)
{
    private static int _scripts;

    private readonly RoutingItem _script = RoutingItem.Script($"script_{Interlocked.Increment(ref _scripts)}");

    [Fact]
    [Trait("Rule", "P2")]
    public async Task two_who_agree_at_the_same_instant_on_two_nodes_agree_once_P2()
    {
        var other = await World.StartAsync();
        var asked = await Engine.RequestAsync(_script, await Engine.DraftAsync(_script, "ret 1"));

        var agreed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? Engine : other).Part<RoutingDesk>().ApproveAsync(asked.Id, $"approver-{i}", CancellationToken.None)));

        Assert.Single(agreed.Select(result => RoutingHand.Stored(result).Approval!.By).Distinct());
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from routing_verdict where activation_id = $1", asked.Id));
        foreach (var node in new[] { Engine, other })
        {
            await node.UpkeepAsync();
            Assert.Equal(1, node.Standing(_script).Active);
        }
    }

    [Fact]
    [Trait("Rule", "P2")]
    public async Task who_agrees_and_who_withdraws_at_the_same_instant_are_not_both_right_P2()
    {
        for (var i = 0; i < 5; i++)
        {
            var asked = await Engine.RequestAsync(_script, await Engine.DraftAsync(_script, $"ret {i}"));
            var desk = Engine.Part<RoutingDesk>();
            var words = await Task.WhenAll(
                desk.ApproveAsync(asked.Id, RoutingHand.Approver, CancellationToken.None), desk.WithdrawAsync(asked.Id, RoutingHand.Writer, CancellationToken.None));

            Assert.Single(words.OfType<RoutingResult.Stored>());
        }
    }

    [Fact]
    public async Task a_version_that_is_scheduled_decides_on_every_node_when_its_moment_has_come_C17()
    {
        var other = await World.StartAsync();
        await Engine.PutIntoForceAsync(_script, "ret 1");
        await Engine.PutIntoForceAsync(_script, "ret 2", from: World.Now.AddHours(3));
        await other.UpkeepAsync();
        Assert.Equal((1, 1), (Engine.Standing(_script).Active, other.Standing(_script).Active));

        await other.LetPassAsync(TimeSpan.FromHours(3));
        foreach (var node in new[] { Engine, other })
        {
            await node.UpkeepAsync();
            Assert.Equal((2, 1), (node.Standing(_script).Active, node.Standing(_script).LastGood));
            Assert.Equal(2, node.Part<RoutingHolder>().Compiled.Scripts[_script.Name].Active.Version);
        }
    }

    [Fact]
    public async Task a_trial_stands_beside_the_active_version_until_it_is_taken_back_C17()
    {
        Assert.Equal(
            RoutingRefusals.NothingActive,
            RoutingHand.Refusal(await Engine.Part<RoutingDesk>().RequestAsync(
                new RequestActivation(_script, await Engine.DraftAsync(_script, "ret 0"), 10, null, string.Empty), RoutingHand.Word("li"), CancellationToken.None)));
        await Engine.PutIntoForceAsync(_script, "ret 1");
        var trial = await Engine.PutIntoForceAsync(_script, "ret 2", share: 10);

        var script = Engine.Part<RoutingHolder>().Compiled.Scripts[_script.Name];
        Assert.Equal((2, trial, 10), (script.Active.Version, script.OnTrial!.Version, script.TrialPercent));
        RoutingHand.Stored(await Engine.RollBackAsync(_script));
        Assert.Null(Engine.Part<RoutingHolder>().Compiled.Scripts[_script.Name].OnTrial);
    }

    [Fact]
    public async Task a_rollback_is_one_persons_word_and_at_once_and_goes_only_where_somebody_agreed_before_C17()
    {
        Assert.Equal(RoutingRefusals.NothingToRollBack, RoutingHand.Refusal(await Engine.RollBackAsync(_script)));
        await Engine.PutIntoForceAsync(_script, "ret 1");
        await Engine.PutIntoForceAsync(_script, "ret 2");
        await Engine.PutIntoForceAsync(_script, "ret 3");
        var draft = await Engine.DraftAsync(_script, "ret 4");
        Assert.Equal(RoutingRefusals.NeverInForce, RoutingHand.Refusal(await Engine.RollBackAsync(_script, draft)));
        Assert.Equal(RoutingRefusals.VersionNotFound, RoutingHand.Refusal(await Engine.RollBackAsync(_script, 99)));

        RoutingHand.Stored(await Engine.RollBackAsync(_script));
        Assert.Equal((2, 1), (Engine.Standing(_script).Active, Engine.Standing(_script).LastGood));
        RoutingHand.Stored(await Engine.RollBackAsync(_script, 3));
        Assert.Equal(3, Engine.Standing(_script).Active);
        RoutingHand.Stored(await Engine.RollBackAsync(_script, 0));
        Assert.Equal(0, Engine.Standing(_script).Active);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task a_setup_is_effective_on_every_node_with_its_next_look_and_goes_back_to_the_channels_C1()
    {
        var other = await World.StartAsync();
        await Engine.PutIntoForceAsync(_script, "ret 7");
        var setup = RoutingText.ToYaml(RoutingText.Read($$"""{"channels":[{"code":"sim-card","priority":"{{_script.Name}}"}]}""").Setup);
        var version = await Engine.PutIntoForceAsync(RoutingItem.Setup, setup);
        await other.UpkeepAsync();
        foreach (var node in new[] { Engine, other })
        {
            var table = node.Part<RoutingHolder>().Compiled.Table;
            Assert.Equal((version, "sim-card"), (table.Version, Assert.Single(table.Channels).Code));
        }

        Assert.IsType<RoutingResult.Unfit>(await Engine.RollBackAsync(_script, 0));
        RoutingHand.Stored(await Engine.RollBackAsync(RoutingItem.Setup, 0));
        Assert.Equal((0, 3), (Engine.Part<RoutingHolder>().Compiled.Table.Version, Engine.Part<RoutingHolder>().Compiled.Table.Channels.Count));
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task the_same_key_is_the_same_word_and_another_body_under_it_is_refused_O13()
    {
        var version = await Engine.DraftAsync(_script, "ret 1");
        var (command, word) = (new RequestActivation(_script, version, 100, null, string.Empty), RoutingHand.Word("li"));
        var desk = Engine.Part<RoutingDesk>();

        var both = await Task.WhenAll(desk.RequestAsync(command, word, CancellationToken.None), desk.RequestAsync(command, word, CancellationToken.None));
        Assert.Equal(RoutingHand.Stored(both[0]).Id, RoutingHand.Stored(both[1]).Id);
        Assert.Equal(
            RoutingRefusals.KeyReused,
            RoutingHand.Refusal(await desk.RequestAsync(command, word with { BodyHash = new byte[32] }, CancellationToken.None)));
    }

    [Fact]
    public async Task texts_are_read_once_and_nothing_is_read_when_the_book_has_not_grown_C17()
    {
        await Engine.PutIntoForceAsync(_script, "ret 1");
        var store = Engine.Part<RoutingStore>();
        var heads = await store.LoadAsync(RoutingHeads.Empty, World.Now, CancellationToken.None);
        Assert.Same(heads, await store.LoadAsync(heads, World.Now, CancellationToken.None));

        await Engine.PutIntoForceAsync(_script, "ret 2");
        var grown = await store.LoadAsync(heads, World.Now, CancellationToken.None);
        var first = new RoutingVersionId(_script, 1);
        Assert.Same(heads.Versions[first], grown.Versions[first]);
        Assert.Equal("ret 2", grown.Versions[new(_script, 2)].Text);
    }

    [Fact]
    public async Task what_came_by_sql_with_errors_does_not_stop_the_engine_and_one_alert_says_so_C17()
    {
        await Engine.PutIntoForceAsync(_script, "ret 1");
        await Database.ExecuteAsync(
            """
            with written as (
                insert into routing_version (kind, name, version, text, comment, made_by, made_at, request_key, body_hash)
                values ('script', $1, 2, 'ret tiem', '', 'by hand', $2, $1, sha256('')) returning *
            ), asked as (
                insert into routing_activation
                    (kind, name, version, share, from_at, is_rollback, comment, requested_by, requested_at, request_key, body_hash)
                select kind, name, version, 100, made_at, false, '', made_by, made_at, request_key, body_hash from written returning *
            )
            select 1 from asked
            """, _script.Name, World.Now.UtcDateTime);
        await Database.ExecuteAsync(
            """
            insert into routing_verdict (activation_id, requested_by, verdict, decided_by, decided_at)
            select id, requested_by, 'approved', 'somebody else', requested_at from routing_activation where name = $1 and requested_by = 'by hand'
            """, _script.Name);
        var other = await World.StartAsync();
        foreach (var node in new[] { Engine, other, Engine })
        {
            await node.UpkeepAsync();
            await node.Part<ScriptWatch>().LookAsync(CancellationToken.None);
            Assert.Equal((2, 1), (node.Standing(_script).Active, node.Part<RoutingHolder>().Compiled.Scripts[_script.Name].Active.Version));
        }

        var told = await Database.ReadAsync("select text from alert_signal where subject = $1", row => row.GetString(0), $"{_script.Name} 2");
        Assert.Contains("does not exist", Assert.Single(told), StringComparison.Ordinal);
    }
}
