using System.ComponentModel.DataAnnotations;
using PaymentEngine.Channels.Simulator;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

public sealed class SimulatorBooksTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_number_is_known_for_the_retention_and_forgotten_soon_after()
    {
        var books = new BankBooks<BankRecord>(TimeSpan.FromHours(48));
        books.Put("old", Executed("old"), Start);
        for (var hour = 1; hour <= 48; hour++)
        {
            books.Put($"{hour}", Executed($"{hour}"), Start.AddHours(hour));
            Assert.NotNull(books.Find("old"));
        }

        for (var hour = 49; hour <= 60; hour++)
        {
            books.Put($"{hour}", Executed($"{hour}"), Start.AddHours(hour));
        }

        Assert.Null(books.Find("old"));
        Assert.NotNull(books.Find("60"));
        Assert.InRange(books.Count, 48, 55);
    }

    [Fact]
    public void A_later_entry_of_a_number_hides_the_earlier_one()
    {
        var books = new BankBooks<BankRecord>(TimeSpan.FromHours(48));
        books.Put("1", new BankRecord(SimulatorHouse.Order("1", "sim-accept"), Standing.Accepted, Scenario.Accept), Start);
        books.Put("1", new BankRecord(SimulatorHouse.Order("1", "sim-accept"), Standing.Executed, Scenario.Accept), Start.AddHours(7));

        Assert.Equal(Standing.Executed, books.Find("1")?.Standing);
    }

    [Fact]
    public async Task After_a_restart_only_what_is_within_the_retention_is_known()
    {
        using var house = new SimulatorHouse();
        await house.Pay(SimulatorHouse.Order("old"));
        house.Clock.Advance(TimeSpan.FromMinutes(house.Options.RetentionMinutes));
        await house.Pay(SimulatorHouse.Order("new"));
        house.Clock.Advance(TimeSpan.FromMinutes(1));

        await house.RestartAsync();

        Assert.Equal(BankStatus.NotKnown, (await house.Query("old")).Status);
        Assert.Equal(BankStatus.Success, (await house.Query("new")).Status);
    }

    [Fact]
    public void The_default_options_are_valid() => Assert.Empty(Refusals(new SimulatorOptions()));

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.Single(Refusals(new SimulatorOptions { MinLatencyMs = 100, MaxLatencyMs = 99 }));
        Assert.Single(Refusals(new SimulatorOptions { Profile = "heaven" }));
        Assert.Single(Refusals(new SimulatorOptions { Speed = 0 }));
        Assert.Single(Refusals(new SimulatorOptions { MinLatencyMs = -1 }));
        Assert.Single(Refusals(new SimulatorOptions { RetentionMinutes = 0 }));
        Assert.Single(Refusals(new SimulatorOptions { JournalPath = "" }));
    }

    private static BankRecord Executed(string number) => new(SimulatorHouse.Order(number), Standing.Executed, Scenario.Succeed);

    private static List<ValidationResult> Refusals(SimulatorOptions options)
    {
        var refusals = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), refusals, validateAllProperties: true);
        return refusals;
    }
}
