using System.Diagnostics;
using PaymentEngine.Store.GeneralLedger;
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
        var (busy, cpu, vouchers) = (TimeSpan.Zero, Process.GetCurrentProcess().TotalProcessorTime, 0);
        while (vouchers < 66_900)
        {
            var clock = Stopwatch.StartNew();
            if (await store.TakeAsync(default) is PortionResult.Made made)
            {
                busy += clock.Elapsed;
                vouchers += made.Vouchers;
            }
        }

        var entries = vouchers * 3;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine($"{entries} entries in {busy.TotalSeconds:F2} s: {entries / busy.TotalSeconds:F0} /s, {used.TotalMicroseconds / entries:F1} µs of CPU each beside PostgreSQL's");
        Assert.True(entries / busy.TotalSeconds > 9_000, $"only {entries / busy.TotalSeconds:F0} entries/s");
    }
}
