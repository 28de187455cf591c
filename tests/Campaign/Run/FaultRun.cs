using System.Diagnostics;
using PaymentEngine.Tests.Campaign.Judgement;
using PaymentEngine.Tests.Campaign.Mischiefs;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>One run: traffic flows, the plan happens, all is healed, everything comes to its end, and the judge decides.</summary>
internal sealed class FaultRun(Plan plan, Ground ground)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private const int ToldErrors = 20;

    private static readonly TimeSpan After = TimeSpan.FromSeconds(4);

    public async Task<RunResult> PlayAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var site = await Site.OpenAsync(plan, ground);
        using var counter = new Counter(site.Nodes.Select(node => node.Address), Site.ApiKey);
        var shop = new Shop(plan, counter, site.Receiver.Url());
        foreach (var node in site.Nodes)
        {
            node.Keep();
        }

        var mischief = new MischiefMaker(site);
        using var intruder = new Intruder(site, shop, counter);
        using var over = new CancellationTokenSource();
        using var bookkeeping = new Bookkeeping(site, plan.Seed, over.Token);
        var settlement = await HurtAndHealAsync(site, shop, counter, mischief, intruder, bookkeeping, over);
        var misbooked = await bookkeeping.FaultsAsync();
        var verdict = await new Judge(plan, site, shop, counter).DecideAsync();
        string[] faults = [.. verdict.Faults, .. misbooked, .. intruder.Accepted];
        return new RunResult(
            plan,
            mischief.Done,
            verdict with { Faults = faults, Stories = [.. verdict.Stories, .. faults.Length > 0 ? Logged(site) : []] },
            [.. site.Nodes.SelectMany(node => node.Met)],
            (bookkeeping.Booked, bookkeeping.Captured),
            settlement.MostAfter,
            Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Goes with the site; where something is wrong it is half of the story.</summary>
    private static IEnumerable<string> Logged(Site site) =>
        site.Nodes.SelectMany(node => node.LoggedErrors.TakeLast(ToldErrors).Select(line => $"node {node.Number} logged: {line}"));

    /// <summary>Returns when all is healed, every request was answered, and what can come to its end has done so.</summary>
    private async Task<Settlement> HurtAndHealAsync(
        Site site, Shop shop, Counter counter, MischiefMaker mischief, Intruder intruder, Bookkeeping bookkeeping, CancellationTokenSource over)
    {
        using var stop = new CancellationTokenSource();
        using var operations = new Operator(site.Nodes);
        var working = Task.WhenAll(
            shop.WorkAsync(stop.Token, over.Token), intruder.RunAsync(stop.Token), operations.RunAsync(stop.Token), bookkeeping.RunAsync(stop.Token));
        await Task.Delay(Before);
        var deaths = Task.WhenAll(site.Nodes.Select(node => new Executioner(site, node).RunAsync()));
        if (!plan.AllAtOnce)
        {
            await deaths;
        }

        await Task.WhenAll(deaths, mischief.RunAsync(plan.Mischiefs));
        var settlement = new Settlement(site, shop, counter);
        var settling = settlement.WaitAsync(traffic: working);
        await Task.Delay(After);
        await stop.CancelAsync();
        over.CancelAfter(TimeSpan.FromMinutes(1));
        await working;
        await settling;
        return settlement;
    }
}

/// <param name="ByHand">How many adjustments were booked, and how many of those took something out of a hold.</param>
/// <param name="MostAfter">How long after everything was healed 95 % of what was open then had come to its end.</param>
internal sealed record RunResult(
    Plan Plan,
    IReadOnlyList<string> Mischief,
    Verdict Verdict,
    IReadOnlyList<Failpoint> Met,
    (int Booked, int Captures) ByHand,
    TimeSpan? MostAfter,
    TimeSpan Took);
