using System.Diagnostics;
using PaymentEngine.Store.GeneralLedger;
using Xunit;
using Xunit.Abstractions;

namespace PaymentEngine.Tests.Store.GeneralLedger;

[Trait("Rule", "A8")]
[Trait("Category", "Slow")]
public sealed class VoucherSpeedTests(ITestOutputHelper output)
{
    /// <summary>3,000 payments a second are 9,000 entries; how fast it was is told, and depends on what else the machine does.</summary>
    [Fact]
    public async Task a_backlog_of_200_000_entries_is_made_up_in_few_portions_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await Backlog.MakeAsync(books, transactions: 223, postingsOfEach: 300);
        var store = books.Store();
        var (busy, cpu, vouchers, portions) = (TimeSpan.Zero, Process.GetCurrentProcess().TotalProcessorTime, 0, 0);
        while (vouchers < 66_900)
        {
            var clock = Stopwatch.StartNew();
            if (await store.TakeAsync(default) is PortionResult.Made made)
            {
                busy += clock.Elapsed;
                vouchers += made.Vouchers;
                portions++;
            }
        }

        var entries = vouchers * 3;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        output.WriteLine($"{entries} entries in {busy.TotalSeconds:F2} s: {entries / busy.TotalSeconds:F0} /s, {used.TotalMicroseconds / entries:F1} µs of CPU each beside PostgreSQL's");
        Assert.Equal(66_900, vouchers);
        // Not one for each transaction: portions fill themselves.
        Assert.InRange(portions, 200_700 / VoucherStore.MostLegs, 120);
    }
}
