using PaymentEngine.Tests.Simulation;

// ./test simulate [--seeds N] [--seed S]: many seeds, or one with its trace.
var (count, first, isTold) = (100_000, 1UL, false);
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--seeds":
            count = int.Parse(args[i + 1]);
            break;
        case "--from":
            first = ulong.Parse(args[i + 1]);
            break;
        case "--seed":
            (first, count, isTold) = (ulong.Parse(args[i + 1]), 1, true);
            break;
        default:
            Console.Error.WriteLine($"unknown: {args[i]}");
            return 2;
    }
}

if (isTold)
{
    Console.WriteLine(Campaign.Tell(first));
}

var result = Campaign.Run(first, count);
if (!isTold)
{
    foreach (var failure in result.Failures)
    {
        Console.WriteLine($"seed {failure.Seed}: {failure.Fault.Message}");
    }

    Console.WriteLine(result.Summary);
    foreach (var (reason, orders) in result.Census.Work)
    {
        Console.WriteLine($"{orders,8} left to a person: {reason}");
    }

    Console.WriteLine($"{result.Census.SilentContradictions,8} left to the statement: executed after it was refused for good, and never told");
}

Console.WriteLine($"{result.Passed} passed, {result.Failures.Count} failed");
return result.Failures.Count == 0 ? 0 : 1;
