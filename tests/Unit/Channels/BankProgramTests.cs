using System.Diagnostics;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>The institution as a process of its own.</summary>
public sealed class BankProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bank-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_where_it_is_takes_an_order_and_ends_clean_when_it_is_told_to()
    {
        var journal = Path.Combine(_folder.FullName, "journal.jsonl");
        using var program = Start("--urls", "http://127.0.0.1:0", "--secret", "between the bank and us", "--profile", "calm", "--seed", "7", "--journal", journal);
        var ready = await program.StandardOutput.ReadLineAsync();
        Assert.StartsWith("simulated bank ready at http://127.0.0.1:", ready, StringComparison.Ordinal);

        await using var unused = SimulatedBank.Open(new SimulatorOptions(), TimeProvider.System);
        var lines = new SimulatorHouse.Lines { Endpoint = new Uri(ready!.Split(' ')[4]) };
        var channel = new SimulatorChannel(unused, lines, new KnownCodes(), TimeProvider.System);
        var order = new ChannelOrder(
            7, ChannelInterface.Pay, "1", new Money(8_800, Currency.Parse("CNY")), PaymentMethod.Quick, "payer", null, default);
        Assert.IsType<ChannelOutcome.Succeeded>(await channel.PayAsync(order, default));

        using var terminate = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, program.ExitCode);
        Assert.Equal(string.Empty, await program.StandardOutput.ReadToEndAsync());
        Assert.True(SimulatorJournal.Read(journal).ExecutedOnce("1"));
    }

    [Theory]
    [InlineData("--profile", "heaven")]
    [InlineData("--speed", "fast")]
    [InlineData("--speed", "0")]
    [InlineData("--seed", "-1")]
    [InlineData("--callback", "somewhere")]
    [InlineData("--colour", "red")]
    [InlineData("--seed")]
    public void What_it_does_not_understand_it_says(params string[] arguments) =>
        Assert.ThrowsAny<SystemException>(() => BankCommandLine.Parse(arguments));

    [Fact]
    public void It_understands_all_its_options()
    {
        var options = BankCommandLine.Parse(
        [
            "--urls", "http://127.0.0.1:1", "--profile", "hell", "--seed", "9", "--speed", "60", "--journal", "j",
            "--callback", "http://127.0.0.1:2/callbacks/{channel}", "--secret", "s", "--max-parallel", "5",
        ]);

        Assert.Equal(("http://127.0.0.1:1", "http://127.0.0.1:2/callbacks/{channel}", 5), (options.Urls, options.CallbackPattern, options.MaximumParallel));
        Assert.Equal("s"u8.ToArray(), options.Secret.ToArray());
        Assert.Equal(("hell", 9ul, 60.0, "j"), (options.Bank.Profile, options.Bank.Seed, options.Bank.Speed, options.Bank.JournalPath));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "simulated-bank.dll"), .. arguments]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
