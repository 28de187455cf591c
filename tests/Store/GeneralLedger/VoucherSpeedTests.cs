using System.Diagnostics;
using PaymentEngine.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Store.GeneralLedger;

[Trait("Rule", "A8")]
public sealed class VoucherSpeedTests(ITestOutputHelper output)
{
    /// <summary>3,000 payments a second are 9,000 entries.</summary>
    [Fact]
    public async Task a_backlog_of_200_000_entries_is_made_up_faster_than_it_can_arise_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await Backlog.MakeAsync(books, transactions: 223, postingsOfEach: 300);
        var store = books.Store();
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);

        var vouchers = await LedgerHand.TakeAllAsync(store);

        var entries = vouchers * 3;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine($"{entries} entries in {clock.Elapsed.TotalSeconds:F2} s: {entries / clock.Elapsed.TotalSeconds:F0} /s, {used.TotalMicroseconds / entries:F1} µs of CPU each beside PostgreSQL's");
        Assert.Equal(66_900, vouchers);
        Assert.True(entries / clock.Elapsed.TotalSeconds > 9_000, $"only {entries / clock.Elapsed.TotalSeconds:F0} entries/s");
    }
}
