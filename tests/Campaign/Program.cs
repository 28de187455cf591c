using System.Runtime.InteropServices;
using PaymentEngine.Tests.Campaign;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Campaign.Run;

// ./test faults [--seed S] [--count N] [--slices N] [--at FAILPOINT]
var (seed, count, slices, at) = (1, 50, Planner.Slices, (Failpoint?)null);
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--seed":
            seed = int.Parse(args[i + 1]);
            break;
        case "--count":
            count = int.Parse(args[i + 1]);
            break;
        case "--slices":
            slices = int.Parse(args[i + 1]);
            break;
        case "--at":
            at = Enum.Parse<Failpoint>(args[i + 1]);
            break;
        default:
            Console.Error.WriteLine($"unknown: {args[i]}");
            return 2;
    }
}

await using var ground = new Ground();
using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
{
    // The servers are in process groups of their own, and would outlive us.
    ground.DisposeAsync().AsTask().Wait();
    Environment.Exit(130);
});
var campaign = new Campaign(slices, Console.Out);
await campaign.RunAsync(ground, at is { } point ? [Planner.Only(point, seed)] : Planner.Draw(seed, count, slices));
var missed = at is not null || count >= slices ? campaign.Missed.Count() : 0;
Console.WriteLine($"{campaign.Passed} passed, {campaign.Failed + (missed > 0 ? 1 : 0)} failed");
return campaign.Failed == 0 && missed == 0 ? 0 : 1;
