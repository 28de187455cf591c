using PaymentEngine.Tests.Hell;

// ./test hell [--orders N] [--seed S] [--speed F]
HellOptions options;
try
{
    options = HellOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

var report = await HellRun.RunAsync(options, Console.WriteLine);
Console.WriteLine(report);
return report.IsGreen ? 0 : 1;
