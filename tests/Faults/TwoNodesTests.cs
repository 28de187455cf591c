namespace PaymentEngine.Tests.Faults;

/// <summary>Two engines on one database under load, and requests that meet on them at the same instant.</summary>
[Trait("Rule", "M1")]
public sealed class TwoNodesTests : IAsyncLifetime
{
    private const int Seed = 2;
    private const int Orders = 150;

    private World _world = null!;
    private EngineProcess _one = null!;
    private EngineProcess _other = null!;

    public async Task InitializeAsync()
    {
        _world = await World.CreateAsync();

        // Each process has a simulated institution of its own, which knows nothing of what was sent to the other. A
        // question that comes late enough never meets the wrong one.
        await _world.Database.ExecuteAsync("update channel set send_window = '1 min'; update query_plan set first_age = '2 min'");
        var nodes = await Task.WhenAll(EngineProcess.StartAsync(_world.Settings), EngineProcess.StartAsync(_world.AddNode()));
        (_one, _other) = (nodes[0], nodes[1]);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "O2")]
    [Trait("Rule", "O13")]
    public Task The_same_request_on_two_nodes_at_the_same_instant_is_one_trade_with_one_answer() => MeetAsync(
        "SAME",
        async (order, one, other) =>
        {
            var answers = await Task.WhenAll(order.SendAsync(one), order.SendAsync(other));

            Assert.Equal(201, answers[0].Status);
            Assert.True(answers[0].IsSameAs(answers[1]), $"{answers[0]} and {answers[1]}");
        });

    [Fact]
    [Trait("Rule", "O2")]
    public Task The_same_order_under_two_keys_on_two_nodes_at_the_same_instant_is_one_trade_with_one_payment() => MeetAsync(
        "KEYS",
        async (order, one, other) =>
        {
            var answers = await Task.WhenAll(order.SendAsync(one, $"1-{order.OrderNo}"), order.SendAsync(other, $"2-{order.OrderNo}"));

            // Whoever comes second continues the trade, or comes so late that it is paid.
            Assert.Single(answers, answer => answer.Status == 201);
            Assert.Single(answers, answer => answer.Status == 200 || (answer.Status, answer.Json["code"]?.ToString()) == (409, "trade_already_paid"));
            Assert.Equal(answers[0].TradeNo, answers[1].TradeNo);
        });

    [Fact]
    [Trait("Rule", "O13")]
    public Task One_key_for_two_orders_on_two_nodes_at_the_same_instant_serves_one_of_them() => MeetAsync(
        "BODY",
        async (order, one, other) =>
        {
            var rival = new Submission(order.OrderNo + "-rival");
            var answers = await Task.WhenAll(order.SendAsync(one, order.OrderNo), rival.SendAsync(other, order.OrderNo));

            Assert.Equal([201, 422], answers.Select(answer => answer.Status).Order());
            Assert.Equal("idempotency_key_reused", answers.Single(answer => answer.Status == 422).Code);
        });

    /// <summary>Lets requests of many orders meet while both nodes are at work for others, and judges what came of all.</summary>
    private async Task MeetAsync(string name, Func<Submission, MerchantClient, MerchantClient, Task> meet)
    {
        using var one = new MerchantClient(_one.Address, _one.ApiKey);
        using var other = new MerchantClient(_other.Address, _other.ApiKey);
        using var enough = new CancellationTokenSource();
        var (crowd, neighbours) = (new Crowd(Seed, "ONE", difficult: false), new Crowd(Seed, "OTHER", difficult: false));
        var load = Task.WhenAll(crowd.SubmitAsync(_one, enough.Token), neighbours.SubmitAsync(_other, enough.Token));
        await crowd.AcknowledgedAsync(more: 50);
        await neighbours.AcknowledgedAsync(more: 50);

        await Parallel.ForEachAsync(
            Enumerable.Range(1, Orders),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (order, _) => await meet(new Submission($"{name}-{order}"), one, other));

        await enough.CancelAsync();
        await load;
        await _world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        await _world.Judge.EveryAcknowledgedTradeExistsAsync(neighbours);
        await _world.Judge.EveryTradeIsPaidAsync();
        await _world.Judge.EveryOrderNumberHasOneTradeWithOnePaymentAsync();
        await _world.Judge.TheBankExecutedEachOrderOnceAsync();
        await _world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange.Concat(neighbours.Strange));
    }
}
