using System.Diagnostics;
using PaymentEngine.Tests.Hell.Judgement;
using PaymentEngine.Tests.Hell.Merchants;

namespace PaymentEngine.Tests.Hell;

/// <summary>One run: merchants submit, the bank misbehaves and changes its key, all comes to an end, a judge looks.</summary>
internal static class HellRun
{
    private static readonly byte[] NextKey = "the institution's next key"u8.ToArray();

    /// <summary>Operations are never as quick as the bank.</summary>
    private static readonly TimeSpan UntilKeyIsLearnt = TimeSpan.FromSeconds(2);

    public static async Task<HellReport> RunAsync(HellOptions options, Action<string> tell)
    {
        var started = Stopwatch.GetTimestamp();
        await using var world = await HellWorld.CreateAsync(options);
        var purchases = Enumerable.Range(1, options.Orders).Select(number => Purchase.Of(options.Seed, number)).ToList();
        world.Receiver.Answer = new MoodyReceiver(options.Seed).Answer;
        using var merchants = new MerchantSystem(world.Nodes, world.Receiver.Url());
        tell($"seed {options.Seed}: {options.Orders:N0} orders to {world.Nodes.Count} nodes, a bank of profile hell, {options.Speed} times as fast as life");

        await Task.WhenAll(merchants.SubmitAsync(purchases), RotateKeyAsync(world, MerchantSystem.TimeFor(options.Orders) / 2));
        tell($"{Stopwatch.GetElapsedTime(started).TotalSeconds,6:F0} s  all are submitted");
        var open = await new Settling(world, options).UntilQuietAsync(
            left => tell($"{Stopwatch.GetElapsedTime(started).TotalSeconds,6:F0} s  {left:N0} timers, callbacks and notifications are open"));

        var journal = SimulatorJournal.Read(world.JournalPath);
        var books = await EngineBooks.ReadAsync(world.Database);
        var verdict = await HellJudge.JudgeAsync(world, purchases, merchants, books, journal);
        verdict.ViolatesIf(open > 0, "everything is final or on a work list", $"{open} timers, callbacks and notifications were still open");
        return new HellReport(options, Stopwatch.GetElapsedTime(started), books, journal, world.Receiver.Received.Count, verdict);
    }

    private static async Task RotateKeyAsync(HellWorld world, TimeSpan after)
    {
        await Task.Delay(after);
        await world.Bank.RotateKeyAsync(NextKey);
        await Task.Delay(UntilKeyIsLearnt);
        await world.LearnKeyAsync(NextKey);
    }
}
