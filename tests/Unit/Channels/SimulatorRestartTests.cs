using System.Text;
using PaymentEngine.Channels.Simulator;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>What was true before the process died is true for the next one.</summary>
[Trait("Rule", "M1")]
public sealed class SimulatorRestartTests : IDisposable
{
    private readonly SimulatorHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task M1_after_a_restart_a_query_and_a_repeat_get_the_first_result()
    {
        var first = await _house.Pay(SimulatorHouse.Order("1"));
        var declined = await _house.Pay(SimulatorHouse.Order("2", "sim-decline"));

        await _house.RestartAsync();

        Assert.Equal(first, await _house.Query("1"));
        Assert.Equal(first, await _house.Pay(SimulatorHouse.Order("1")));
        Assert.Equal(BankStatus.NumberReused, (await _house.Pay(SimulatorHouse.Order("1", "someone else"))).Status);
        Assert.Equal(declined, await _house.Query("2"));
        Assert.True(_house.Journal.ExecutedOnce("1"));
        Assert.Equal(0, _house.Journal.Executions("2"));
    }

    [Fact]
    public async Task M1_an_order_accepted_before_the_restart_is_executed_once_after_it()
    {
        await _house.Pay(SimulatorHouse.Order("early", "sim-accept"));
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        await _house.Pay(SimulatorHouse.Order("late", "sim-accept"));

        await _house.RestartAsync();
        Assert.Equal(BankStatus.Success, (await _house.Query("early")).Status);
        Assert.Equal(BankStatus.Accepted, (await _house.Query("late")).Status);

        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BankStatus.Success, (await _house.Query("late")).Status);
        Assert.Equal(2, _house.Journal.ExecutedNumbers);
        Assert.Empty(_house.Journal.ExecutedAgain);
    }

    [Fact]
    public async Task M1_an_order_that_fell_due_while_the_bank_was_closed_is_executed_when_it_opens()
    {
        await _house.Pay(SimulatorHouse.Order("1", "sim-accept"));
        await _house.CloseAsync();
        _house.Clock.Advance(TimeSpan.FromMinutes(1));

        _house.Open();

        Assert.Equal(BankStatus.Success, (await _house.Query("1")).Status);
        Assert.True(_house.Journal.ExecutedOnce("1"));
    }

    [Fact]
    public async Task M1_what_goes_wrong_once_does_not_go_wrong_again_after_a_restart()
    {
        await _house.Pay(SimulatorHouse.Order("refused", "sim-notsent-once"));
        _ = _house.Bank.PayAsync(SimulatorHouse.Order("lost", "sim-timeout-lost"));

        await _house.RestartAsync();

        Assert.Equal(BankStatus.Success, (await _house.Pay(SimulatorHouse.Order("refused", "sim-notsent-once"))).Status);
        Assert.Equal(BankStatus.Success, (await _house.Pay(SimulatorHouse.Order("lost", "sim-timeout-lost"))).Status);
    }

    [Fact]
    public async Task M1_an_order_that_was_received_and_not_executed_when_the_process_died_is_not_known()
    {
        using var slow = new SimulatorHouse(100, 100);
        _ = slow.Bank.PayAsync(SimulatorHouse.Order("1"));

        await slow.RestartAsync();

        Assert.Equal(BankStatus.NotKnown, (await slow.Query("1")).Status);
        Assert.Equal([JournalEvent.Received, JournalEvent.Queried], slow.Journal.Of("1").Select(entry => entry.Event));
    }

    [Fact]
    public async Task M1_a_torn_last_line_never_happened_and_the_journal_goes_on_behind_the_last_whole_one()
    {
        await _house.Pay(SimulatorHouse.Order("1"));
        await _house.CloseAsync();
        var whole = await File.ReadAllBytesAsync(_house.JournalPath);
        var executed = Encoding.UTF8.GetString(whole).Split('\n').Single(line => line.Contains("executed", StringComparison.Ordinal));

        for (var length = 1; length <= executed.Length; length++)
        {
            var torn = executed[..length].Replace("\"1\"", "\"2\"", StringComparison.Ordinal);
            await File.WriteAllBytesAsync(_house.JournalPath, [.. whole, .. Encoding.UTF8.GetBytes(torn)]);
            Assert.Equal(1, _house.Journal.ExecutedNumbers);

            _house.Open();
            Assert.Equal(whole.Length, new FileInfo(_house.JournalPath).Length);
            Assert.Equal(BankStatus.NotKnown, (await _house.Query("2")).Status);
            Assert.Equal(BankStatus.Success, (await _house.Query("1")).Status);
            await _house.CloseAsync();
            Assert.Equal(2, _house.Journal.Count(JournalEvent.Queried));
        }

        _house.Open();
    }

    [Fact]
    public async Task M1_a_whole_line_that_cannot_be_read_stops_the_bank_instead_of_shortening_the_truth()
    {
        using var house = new SimulatorHouse();
        await house.Pay(SimulatorHouse.Order("1"));
        await house.CloseAsync();
        await File.AppendAllTextAsync(house.JournalPath, "{\"at\":\n");

        Assert.Throws<InvalidDataException>(() => SimulatedBank.Open(house.Options, house.Clock));
    }

    [Fact]
    public async Task M1_after_a_restart_never_more_is_given_back_than_was_taken()
    {
        await _house.Pay(SimulatorHouse.Order("1"));
        await _house.Bank.RefundAsync(Refund("refund", 8_000));

        await _house.RestartAsync();

        Assert.Equal(BankStatus.Success, (await _house.Bank.RefundAsync(Refund("refund", 8_000))).Status);
        Assert.Equal(BankCode.NotRefundable, (await _house.Bank.RefundAsync(Refund("too much", 801))).Code);
        Assert.Equal(BankStatus.Success, (await _house.Bank.RefundAsync(Refund("the rest", 800))).Status);
        Assert.Equal([8_000L, 800L], _house.Journal.Refunds("1").Select(money => money.Minor));
    }

    [Fact]
    public async Task M1_a_callback_that_was_not_acknowledged_is_sent_after_the_restart_and_one_that_was_is_not()
    {
        await _house.Pay(SimulatorHouse.Order("told"));
        await _house.CallbackOf("told");
        await _house.UntilJournal(journal => journal.Count(JournalEvent.CallbackAcknowledged) == 1);
        await _house.Pay(SimulatorHouse.Order("untold"));

        await _house.RestartAsync();

        await _house.CallbackOf("untold");
        Assert.Equal(2, _house.Callbacks.All.Count);
    }

    [Fact]
    public void M1_two_banks_cannot_write_one_journal() =>
        Assert.Throws<IOException>(() => SimulatedBank.Open(_house.Options, _house.Clock));

    private static BankRequest Refund(string number, long minor) => SimulatorHouse.Order(number, minor: minor) with { Original = "1" };
}
