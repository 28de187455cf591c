using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

public sealed class SimulatorJournalTests : IDisposable
{
    private static readonly SimulatorOptions Instant = new() { MinLatencyMs = 0, MaxLatencyMs = 0 };

    private static readonly ChannelOrder Order = new(
        7, ChannelInterface.Pay, "1", new Money(8_800, Currency.Parse("CNY")), PaymentMethod.Quick, "payer", Description: null, CreatedAt: default);

    private readonly SimulatorHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task A_payment_leaves_three_lines_of_plain_json()
    {
        await _house.Pay(SimulatorHouse.Order("1"));

        var reference = BankRules.ReferenceOf("1");
        Assert.Equal(
            [
                """{"at":"2026-11-20T09:00:00.000Z","number":"1","event":"received","channel":7,"amount_minor":8800,"currency":"CNY","payer":"payer"}""",
                $$"""{"at":"2026-11-20T09:00:00.000Z","number":"1","event":"executed","channel":7,"amount_minor":8800,"currency":"CNY","ref":"{{reference}}","payer":"payer"}""",
                $$"""{"at":"2026-11-20T09:00:00.000Z","number":"1","event":"answered","channel":7,"amount_minor":8800,"currency":"CNY","ref":"{{reference}}"}""",
            ],
            await File.ReadAllLinesAsync(_house.JournalPath));
    }

    [Fact]
    public async Task Lines_of_many_threads_are_whole_and_each_order_is_executed_before_it_is_answered()
    {
        const int Orders = 5_000;
        await Parallel.ForAsync(0, Orders, async (number, _) =>
        {
            await _house.Bank.PayAsync(SimulatorHouse.Order($"{number}", new string('p', number % 300)));
        });

        var journal = _house.Journal;
        Assert.Equal(Orders, journal.ExecutedNumbers);
        Assert.Empty(journal.ExecutedAgain);
        Assert.All(
            journal.Entries.GroupBy(entry => entry.Number),
            order => Assert.Equal([JournalEvent.Received, JournalEvent.Executed, JournalEvent.Answered], order.Select(entry => entry.Event)));
        Assert.Equal(journal.Entries, SimulatorJournal.Stream(_house.JournalPath));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_threads_that_race_for_the_same_numbers_execute_each_once()
    {
        const int Orders = 5_000;
        var racers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var answers = new List<Task<BankAnswer>>(Orders);
            for (var number = 0; number < Orders; number++)
            {
                answers.Add(_house.Bank.PayAsync(SimulatorHouse.Order($"{number}")));
            }

            return await Task.WhenAll(answers);
        }));

        var answers = await Task.WhenAll(racers);

        Assert.All(answers.SelectMany(answer => answer), answer => Assert.Equal(BankStatus.Success, answer.Status));
        Assert.Equal(Orders, _house.Journal.ExecutedNumbers);
        Assert.Empty(_house.Journal.ExecutedAgain);
    }

    [Fact]
    public async Task A_line_longer_than_the_read_buffer_is_read_whole()
    {
        var payer = new string('长', 100_000);
        await _house.Pay(SimulatorHouse.Order("1", payer));
        await _house.Pay(SimulatorHouse.Order("2"));

        await _house.RestartAsync();

        Assert.Equal(payer, _house.Journal.Of("1").First().Payer);
        Assert.Equal(BankStatus.Success, (await _house.Pay(SimulatorHouse.Order("1", payer))).Status);
        Assert.Equal(2, _house.Journal.ExecutedNumbers);
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_bank_that_cannot_write_its_journal_answers_nothing_and_the_order_is_unknown()
    {
        var full = File.OpenHandle("/dev/full", access: FileAccess.Write, share: FileShare.ReadWrite);
        var alone = File.OpenHandle(Path.Combine(_house.Folder, "full.lock"), FileMode.Create, FileAccess.Write);
        await using var bank = new SimulatedBank(Instant, _house.Clock, new JournalWriter(full, alone, length: 0));
        var channel = new SimulatorChannel(bank, _house.Connections, new KnownCodes(), _house.Clock);

        Assert.IsType<ChannelOutcome.Unknown>(await channel.PayAsync(Order, default));
        Assert.IsType<ChannelOutcome.Unknown>(await channel.QueryAsync(Order, default));
        Assert.IsType<ChannelOutcome.Unknown>(await channel.PayAsync(Order, default));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_closed_bank_answers_nothing_and_the_order_is_unknown()
    {
        var channel = _house.Channel;
        await _house.CloseAsync();

        Assert.IsType<ChannelOutcome.Unknown>(await channel.PayAsync(Order, default));
    }

    [Fact]
    public async Task Without_a_delay_an_order_is_accepted_before_it_is_executed_and_stays_so_after_a_restart()
    {
        var options = new SimulatorOptions { JournalPath = Path.Combine(_house.Folder, "other.jsonl"), MinLatencyMs = 0, MaxLatencyMs = 0, AcceptDelayMs = 0 };
        for (var start = 0; start < 3; start++)
        {
            await using var bank = SimulatedBank.Open(options, _house.Clock);
            await bank.PayAsync(SimulatorHouse.Order("1", "sim-accept"));
        }

        Assert.Equal(
            [JournalEvent.Accepted, JournalEvent.Executed],
            SimulatorJournal.Read(options.JournalPath).Entries.Select(entry => entry.Event).Where(what => what is JournalEvent.Accepted or JournalEvent.Executed));
    }

    [Fact]
    public async Task Without_a_journal_the_books_live_in_memory()
    {
        await using var bank = SimulatedBank.Open(Instant, _house.Clock);

        var paid = await bank.PayAsync(SimulatorHouse.Order("1"));

        Assert.Equal(BankStatus.Success, paid.Status);
        Assert.Equal(paid, await bank.QueryAsync("1", 7));
    }
}
