using PaymentEngine.Tests.Campaign;
using PaymentEngine.Tests.Campaign.Plans;

// ./test faults [--seed S] [--count N] [--slices N]
var (seed, count, slices) = (1, 50, Planner.Slices);
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
        default:
            Console.Error.WriteLine($"unknown: {args[i]}");
            return 2;
    }
}

var campaign = new Campaign(slices, Console.Out);
await campaign.RunAsync(seed, count);
var missed = count >= slices ? campaign.Missed.Count() : 0;
Console.WriteLine($"{campaign.Passed} passed, {campaign.Failed + (missed > 0 ? 1 : 0)} failed");
return campaign.Failed == 0 && missed == 0 ? 0 : 1;
