using PaymentEngine.Store.Audit;

namespace PaymentEngine.Host;

/// <summary>Checks the books and says what was checked. Exit code 0 only when all is clean.</summary>
internal static class AuditCommand
{
    private const int Unclean = 1;

    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(settings)
            .Build();
        var findings = await new BookAudit(EngineHost.ConnectionStringOf(configuration)).RunAsync(CancellationToken.None);
        foreach (var finding in findings)
        {
            Console.WriteLine($"{(finding.Wrong == 0 ? "ok   " : "WRONG")} {finding.Examined,11:N0}  {finding.Check}");
            if (finding.Wrong > 0)
            {
                Console.WriteLine($"      {finding.Wrong,11:N0}  are wrong, for example {finding.Example}");
            }
        }

        var wrong = findings.Count(finding => finding.Wrong > 0);
        Console.WriteLine(wrong == 0 ? $"The books are clean: {findings.Count} checks." : $"THE BOOKS ARE NOT CLEAN: {wrong} of {findings.Count} checks failed.");
        return wrong == 0 ? 0 : Unclean;
    });
}
