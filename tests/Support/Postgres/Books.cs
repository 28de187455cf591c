using PaymentEngine.Store.Audit;
using Xunit;

namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>What the audit says of a test's database.</summary>
public static class Books
{
    public static async Task<IReadOnlyList<Finding>> AuditAsync(TestDatabase database) =>
        await new BookAudit(database.ConnectionString + ";Pooling=false").RunAsync(CancellationToken.None);

    public static async Task DemandCleanAsync(TestDatabase database)
    {
        var findings = await AuditAsync(database);
        Assert.NotEmpty(findings);
        var wrong = findings.Where(finding => finding.Wrong > 0)
            .Select(finding => $"{finding.Check}: {finding.Wrong} are wrong, for example {finding.Example}");
        Assert.True(!wrong.Any(), "the books are not clean: " + string.Join("; ", wrong));
    }
}
