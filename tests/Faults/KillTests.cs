using Xunit.Abstractions;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// kill -9 at a random moment under load, and a start after it. The engine has no chance to put anything in order: what
/// it has acknowledged, and what it has asked an institution for, must be in the database already.
/// </summary>
[Trait("Rule", "M1")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Times = 10;

    [Fact]
    public Task An_engine_that_is_killed_under_load_loses_nothing_and_pays_nothing_twice() => KillAsync(times: 1);

    [Fact]
    [Trait("Category", "Slow")]
    public Task An_engine_that_is_killed_ten_times_in_a_row_loses_nothing_and_pays_nothing_twice() => KillAsync(Times);

    private async Task KillAsync(int times)
    {
        var seed = Seeds.Draw(output);
        var random = new Random(seed);
        await using var world = await World.CreateAsync();
        var crowd = new Crowd(seed, "K");
        var engine = await EngineProcess.StartAsync(world.Settings);
        try
        {
            for (var time = 1; time <= times; time++)
            {
                // What the kill before left behind is still being cleared up while the next load comes in.
                var moment = TimeSpan.FromMilliseconds(random.Next(200, 2_000));
                await KillUnderLoadAsync(engine, crowd, moment);
                output.WriteLine(
                    $"kill {time}, {moment.TotalMilliseconds} ms into the load: {crowd.Acknowledged.Count} acknowledged so far, {crowd.Unanswered.Count} unanswered");
                await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
                await world.Judge.TheBooksAreCleanAsync();

                await engine.DisposeAsync();
                engine = await EngineProcess.StartAsync(world.Settings);
                await crowd.RepeatUnansweredAsync(engine);
                await crowd.TheSameAnswersAreGivenAgainAsync(engine);
            }

            await world.Judge.EveryAcknowledgedTradeExistsAsync(crowd);
            await world.Judge.EveryTradeIsPaidAsync();
            await world.Judge.EveryOrderNumberHasOneTradeWithOnePaymentAsync();
            await world.Judge.TheBankExecutedEachOrderOnceAsync();
            await world.Judge.TheBooksAreCleanAsync();
            Assert.Empty(crowd.Strange);
        }
        finally
        {
            await engine.DisposeAsync();
        }
    }

    private static async Task KillUnderLoadAsync(EngineProcess engine, Crowd crowd, TimeSpan moment)
    {
        var load = crowd.SubmitAsync(engine, CancellationToken.None);
        await crowd.AcknowledgedAsync(more: 1);
        await Task.Delay(moment);
        await engine.KillAsync();
        await load;
    }
}
