using System.Diagnostics;
using PaymentEngine.Tests.Campaign.Judgement;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>One run: traffic flows, the plan happens, all is healed, everything comes to its end, and the judge decides.</summary>
internal sealed class FaultRun(Plan plan)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    public async Task<RunResult> PlayAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var site = await Site.OpenAsync(plan);
        using var counter = new Counter(site.Nodes.Select(node => node.Address), Site.Key);
        var shop = new Shop(plan, counter, site.Receiver.Url());
        foreach (var node in site.Nodes)
        {
            node.Keep();
        }

        await HurtAsync(site, shop);
        var settlement = new Settlement(site, shop, counter);
        await settlement.WaitAsync();
        var verdict = await new Judge(plan, site, shop, counter).DecideAsync();
        return new RunResult(
            plan, verdict, [.. site.Nodes.SelectMany(node => node.Met)], settlement.MostAfter, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Returns when all is healed and every request was answered.</summary>
    private async Task HurtAsync(Site site, Shop shop)
    {
        using var stop = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var working = shop.WorkAsync(stop.Token, over.Token);
        await Task.Delay(Before);
        await Task.WhenAll(
        [
            .. site.Nodes.Select(node => new Executioner(site, node).RunAsync()),
            .. plan.Mischiefs.Select(async mischief =>
            {
                await Task.Delay(mischief.At);
                await mischief.DoAsync(site);
            }),
        ]);
        await Task.Delay(After);
        await stop.CancelAsync();
        over.CancelAfter(TimeSpan.FromMinutes(1));
        await working;
    }
}

/// <param name="MostAfter">How long after everything was healed 95 % of what was open then had come to its end.</param>
internal sealed record RunResult(Plan Plan, Verdict Verdict, IReadOnlyList<Failpoint> Met, TimeSpan? MostAfter, TimeSpan Took);
