namespace PaymentEngine.Tests.Faults;

/// <summary>SIGTERM: what was accepted is finished before the process ends, and it ends as asked.</summary>
[Trait("Rule", "M1")]
public sealed class StopTests
{
    private const int Seed = 3;

    [Fact]
    public async Task An_engine_that_is_told_to_stop_under_load_finishes_what_it_has_accepted_and_exits_0()
    {
        await using var world = await World.CreateAsync();
        var crowd = new Crowd(Seed, "S");
        await using (var engine = await EngineProcess.StartAsync(world.Settings))
        {
            var load = crowd.SubmitAsync(engine, CancellationToken.None);
            await crowd.AcknowledgedAsync(more: 500);
            Assert.Equal(0, await engine.TerminateAsync());
            await load;
        }

        // What the institution answers it has answered before the process ended; the rest is for whoever runs next.
        await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        var unpaid = await world.Judge.UnpaidAsync();
        Assert.DoesNotContain(crowd.Acknowledged, order => order.PayerAccount == Payers.Good && unpaid.Contains(order.OrderNo));
        await world.Judge.TheBooksAreCleanAsync();

        await using var next = await EngineProcess.StartAsync(world.Settings);
        await crowd.RepeatUnansweredAsync(next);
        await crowd.TheSameAnswersAreGivenAgainAsync(next);
        await world.Judge.EveryTradeIsPaidAsync();
        await world.Judge.TheBankExecutedEachOrderOnceAsync();
        await world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange);
    }
}
