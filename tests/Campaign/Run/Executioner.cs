using PaymentEngine.Tests.Campaign.Plans;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>Sees to it that a node meets its deaths while traffic flows, and gives up those that it does not come by.</summary>
internal sealed class Executioner(Site site, Node node)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseBetweenNudges = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than the lease of a timer.</summary>
    private static readonly TimeSpan Sleep = TimeSpan.FromSeconds(8);

    public async Task RunAsync()
    {
        while (node.Next is { } death)
        {
            if (!await DiesAsync(death))
            {
                await node.KillAsync();
                if (!await DiesAsync(death))
                {
                    await node.PardonAsync();
                }
            }
        }
    }

    private async Task<bool> DiesAsync(Death death)
    {
        await using var narrow = FailpointNeeds.WantsNarrowLine(death.Point) ? await site.NarrowLineAsync() : null;
        if (FailpointNeeds.WantsSleep(death.Point) && await BecomesTrueAsync(() => node.IsStoppedAt(Failpoint.AfterTimerClaim)))
        {
            await Task.Delay(Sleep);
            await node.ThawAsync();
        }

        return await BecomesTrueAsync(() => node.Next != death, NudgeTo(death.Point));
    }

    private Func<Task>? NudgeTo(Failpoint point) =>
        FailpointNeeds.WantsDeadlines(point) ? site.LookAtExpiriesAsync
        : FailpointNeeds.WantsSleep(point) ? site.AskAboutWhatHasEndedAsync
        : FailpointNeeds.WantsDays(point) ? site.NextDayAsync
        : null;

    /// <param name="nudge">What helps it to become true.</param>
    private static async Task<bool> BecomesTrueAsync(Func<bool> condition, Func<Task>? nudge = null)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline)
            {
                return false;
            }

            if (nudge is not null)
            {
                await nudge();
                await Task.Delay(PauseBetweenNudges);
            }

            await Task.Delay(Pause);
        }

        return true;
    }
}
