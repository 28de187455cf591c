using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Store.Alerts;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Alerts;

/// <summary>What was raised is told once to each who wants to know it, in few messages, and again only while it goes on.</summary>
[Trait("Rule", "P3")]
public sealed class AlertPumpTests : IAsyncLifetime
{
    private readonly RecordingTarget _onCall = new("on-call", AlertSeverity.Warning);
    private readonly AlertBell _bell = new();
    private readonly AlertOptions _options = new() { Gather = TimeSpan.Zero };
    private TestDatabase _database = null!;
    private AlertStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _store = new AlertStore(_database.Sql);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task ten_thousand_of_one_trouble_are_one_alert_with_a_count_in_one_message_P3()
    {
        await _database.ExecuteAsync(
            "insert into alert_signal (kind, severity, subject, text, times, at) select 'unmapped_code', 'Warning', 'X', 'text ' || i, 10, now() from generate_series(1, 1000) i");

        await PumpAsync();

        var alert = Assert.Single(await OpenAsync());
        Assert.Equal((10_000, "text 1000"), (alert.Alert.Times, alert.Alert.Text));
        Assert.Single(_onCall.Heard);
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from alert_signal"));
    }

    [Fact]
    public async Task what_goes_on_is_counted_and_told_again_only_after_the_quiet_time_P3()
    {
        await RaiseAsync("X");
        await PumpAsync();
        await RaiseAsync("X");
        await GapIsOverAsync();
        await PumpAsync();
        Assert.Single(_onCall.Heard);

        await _database.ExecuteAsync("update alert_told set told_at = now() - $1", _options.Quiet);
        await PumpAsync();
        Assert.Equal(2, _onCall.Heard.Count);
        Assert.Contains("2 times", _onCall.Heard[1].ToText(), StringComparison.Ordinal);

        // It has not come again since.
        await _database.ExecuteAsync("update alert_told set told_at = now() - $1", _options.Quiet);
        await GapIsOverAsync();
        await PumpAsync();
        Assert.Equal(2, _onCall.Heard.Count);
    }

    [Fact]
    public async Task what_comes_shortly_after_a_message_is_told_in_one_more_P3()
    {
        await RaiseAsync("first");
        await PumpAsync();
        foreach (var i in Enumerable.Range(0, 30))
        {
            await RaiseAsync($"later-{i}");
            await PumpAsync();
        }

        Assert.Single(_onCall.Heard);
        await GapIsOverAsync();
        await PumpAsync();
        Assert.Equal("[payment-engine] warning: 30 alerts", _onCall.Heard[1].Subject);
    }

    [Fact]
    public async Task of_several_nodes_one_tells_P3()
    {
        await RaiseAsync("X");
        await _store.FoldAsync(CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PumpAsync()));

        Assert.Single(_onCall.Heard);
    }

    [Fact]
    public async Task a_target_that_does_not_accept_is_tried_again_and_its_trouble_is_seen_P3()
    {
        var other = new RecordingTarget("other", AlertSeverity.Warning);
        _onCall.Refuses = "status 503";
        await RaiseAsync("X");
        await PumpAsync();
        await PumpAsync(other);
        var troubled = (await _store.TargetsAsync(CancellationToken.None)).Single(target => target.Name == "on-call");
        Assert.Equal((1, "status 503", null), (troubled.Failures, troubled.LastError, troubled.LastToldAt));
        Assert.Single(other.Heard);

        await PumpAsync();
        Assert.Equal(1, _onCall.Attempts);

        _onCall.Refuses = null;
        await GapIsOverAsync();
        await PumpAsync();
        var well = (await _store.TargetsAsync(CancellationToken.None)).Single(target => target.Name == "on-call");
        Assert.Equal((0, null), (well.Failures, well.LastError));
        Assert.Equal(other.Heard[0].Id, Assert.Single(_onCall.Heard).Id);
    }

    [Fact]
    public async Task a_node_that_died_while_it_told_a_target_is_followed_by_another_P3()
    {
        await RaiseAsync("X");
        await _store.FoldAsync(CancellationToken.None);
        await _store.KnowTargetAsync("on-call", CancellationToken.None);
        Assert.NotNull(await _store.ClaimAsync("on-call", TimeSpan.FromMinutes(1), CancellationToken.None));

        await PumpAsync();
        Assert.Empty(_onCall.Heard);
        await GapIsOverAsync();
        await PumpAsync();
        Assert.Single(_onCall.Heard);
    }

    [Fact]
    public async Task what_is_acknowledged_is_not_told_and_what_comes_after_that_is_a_new_alert_P3()
    {
        await RaiseAsync("X");
        await _store.FoldAsync(CancellationToken.None);
        var first = Assert.Single(await OpenAsync());
        var acknowledged = await _store.AcknowledgeAsync(first.Alert.Id, "li", CancellationToken.None);
        Assert.Equal("li", acknowledged!.AcknowledgedBy);
        Assert.Equal("li", (await _store.AcknowledgeAsync(first.Alert.Id, "wang", CancellationToken.None))!.AcknowledgedBy);

        await PumpAsync();
        Assert.Empty(_onCall.Heard);
        Assert.Empty(await OpenAsync());

        await RaiseAsync("X");
        await PumpAsync();
        Assert.Single(_onCall.Heard);
        Assert.NotEqual(first.Alert.Id, Assert.Single(await OpenAsync()).Alert.Id);
        Assert.Equal(2, (await _store.ListAsync(all: true, CancellationToken.None)).Count);
        Assert.Null(await _store.AcknowledgeAsync(999_999, "li", CancellationToken.None));
    }

    [Fact]
    public async Task each_target_hears_only_what_is_grave_enough_for_it_the_gravest_first_P3()
    {
        var boss = new RecordingTarget("boss", AlertSeverity.Critical);
        await RaiseAsync("note", AlertSeverity.Info);
        await RaiseAsync("trouble", AlertSeverity.Warning);
        await RaiseAsync("fire", AlertSeverity.Critical);

        await PumpAsync();
        await PumpAsync(boss);

        Assert.Equal("[payment-engine] critical: 2 alerts", Assert.Single(_onCall.Heard).Subject);
        Assert.Equal("[payment-engine] critical: test fire", Assert.Single(boss.Heard).Subject);
    }

    [Fact]
    public async Task what_rings_without_a_commit_of_its_own_is_counted_too_P3()
    {
        foreach (var i in Enumerable.Range(1, 500))
        {
            _bell.Ring(AlertKinds.MessageParked, AlertSeverity.Warning, "a queue", $"message {i}");
        }

        await PumpAsync();

        Assert.Equal((500, "message 500"), (Assert.Single(await OpenAsync()).Alert.Times, (await OpenAsync())[0].Alert.Text));
        Assert.Single(_onCall.Heard);
    }

    private Task RaiseAsync(string subject, AlertSeverity severity = AlertSeverity.Warning) =>
        _store.RaiseAsync("test", severity, subject, "a trouble", times: 1, CancellationToken.None);

    private async Task PumpAsync(IAlertTarget? target = null)
    {
        using var targets = new AlertTargets(_options, new SystemHostNames(), TimeProvider.System);
        using var pump = new AlertPump(_store, targets, _bell, _options, TimeProvider.System, NullLogger<AlertPump>.Instance);
        await pump.FoldOnceAsync(CancellationToken.None);
        await pump.TellOnceAsync(target ?? _onCall, CancellationToken.None);
    }

    private Task<IReadOnlyList<ListedAlert>> OpenAsync() => _store.ListAsync(all: false, CancellationToken.None);

    /// <summary>The database's clock cannot be moved, so the moment is.</summary>
    private Task<int> GapIsOverAsync() => _database.ExecuteAsync("update alert_target set due_at = now()");

    private sealed class RecordingTarget(string name, AlertSeverity least) : IAlertTarget
    {
        public string Name => name;

        public AlertSeverity Least => least;

        public string? Refuses { get; set; }

        public int Attempts { get; private set; }

        public List<AlertMessage> Heard { get; } = [];

        public Task TellAsync(AlertMessage message, CancellationToken stopping)
        {
            lock (Heard)
            {
                Attempts++;
                if (Refuses is { } reason)
                {
                    throw new AlertRefusedException(reason);
                }

                Heard.Add(message);
            }

            return Task.CompletedTask;
        }
    }
}
