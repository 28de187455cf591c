namespace PaymentEngine.Tests.Faults;

/// <summary>
/// SIGSTOP and, later, SIGCONT, as when a virtual machine is moved: the engine wakes up in the belief that no time has
/// passed, with calls that it may no longer make and answers that it no longer expects.
/// </summary>
[Trait("Rule", "M1")]
[Trait("Rule", "C13")]
public sealed class FreezeTests
{
    private const int Seed = 4;

    /// <summary>Longer than an order may be sent, and than the delay after which it may be sent again.</summary>
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task An_engine_that_is_frozen_under_load_for_longer_than_a_call_may_take_goes_on_as_if_nothing_had_been()
    {
        await using var world = await World.CreateAsync();
        await using var engine = await EngineProcess.StartAsync(world.Settings);
        using var enough = new CancellationTokenSource();
        var crowd = new Crowd(Seed, "F");
        var load = crowd.SubmitAsync(engine, enough.Token);
        await crowd.AcknowledgedAsync(more: 200);

        await engine.FreezeAsync();
        await Task.Delay(Frozen);
        await engine.ThawAsync();

        await crowd.AcknowledgedAsync(more: 200);
        await enough.CancelAsync();
        await load;
        await crowd.RepeatUnansweredAsync(engine);
        await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
        await world.Judge.EveryTradeIsPaidAsync();
        await world.Judge.EveryOrderNumberHasOneTradeWithOnePaymentAsync();
        await world.Judge.TheBankExecutedEachOrderOnceAsync();
        await world.Judge.TheBooksAreCleanAsync();
        Assert.Empty(crowd.Strange);
    }
}
