using PaymentEngine.Channels.Simulator;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Fate is drawn from seed and number: it reproduces, and it is as frequent as the table says.</summary>
public sealed class BankFateTests
{
    private const int Count = 20_000;

    private static readonly string[] Numbers = [.. Enumerable.Range(1, Count).Select(number => $"07202611{number:D12}")];

    public static TheoryData<string, Misbehaviour, double> Shares
    {
        get
        {
            var shares = new TheoryData<string, Misbehaviour, double>();
            foreach (var rate in Rates.All)
            {
                shares.Add("real", rate.What, rate.Real);
                shares.Add("hell", rate.What, Math.Min(rate.Real * 20, 0.4));
            }

            return shares;
        }
    }

    [Theory]
    [MemberData(nameof(Shares))]
    public void A_misbehaviour_is_about_as_frequent_as_its_rate(string profile, Misbehaviour what, double share)
    {
        var fates = new Fates(profile, seed: 1);

        var suffered = Numbers.Count(number => fates.Of(number).Has(what));

        // Four standard deviations: one seed in sixteen thousand would be further off, and this seed is fixed.
        var expected = Count * share;
        var spread = 4 * Math.Sqrt(expected * (1 - share)) + 1;
        Assert.InRange(suffered, expected - spread, expected + spread);
    }

    [Fact]
    public void A_calm_institution_does_nothing_wrong() =>
        Assert.All(Numbers, number => Assert.True(new Fates("calm", 1).Of(number).IsGood));

    [Fact]
    public void The_same_seed_brings_the_same_fates_and_another_seed_others()
    {
        var first = Numbers.Select(number => new Fates("hell", 1).Of(number)).ToList();
        Assert.Equal(first, Numbers.Select(number => new Fates("hell", 1).Of(number)));
        Assert.NotEqual(first, Numbers.Select(number => new Fates("hell", 2).Of(number)));
    }

    [Fact]
    public void No_group_of_misbehaviours_is_more_than_certain()
    {
        foreach (var group in Rates.All.GroupBy(rate => rate.Group))
        {
            Assert.InRange(group.Sum(rate => Rates.In("hell", rate.Real)), 0, 1);
        }
    }

    [Fact]
    public void A_run_with_the_same_seed_leaves_the_same_journal_to_the_last_line()
    {
        Assert.Equal(Run(1).Entries, Run(1).Entries);
        Assert.NotEqual(Run(1).Entries, Run(2).Entries);
    }

    [Fact]
    public void At_sixty_times_the_speed_the_same_happens_in_a_sixtieth_of_the_time()
    {
        var slow = Run(1);
        var fast = Run(1, speed: 60);
        Assert.Equal(Facts(slow), Facts(fast));
        Assert.True(Length(fast) < Length(slow) / 10);

        static TimeSpan Length(SimulatorJournal journal) => journal.Entries[^1].At - journal.Entries[0].At;

        static IEnumerable<string> Facts(SimulatorJournal journal) => journal.Entries
            .Where(entry => entry.Event is JournalEvent.Executed or JournalEvent.CallbackSent)
            .Select(entry => $"{entry.Number} {entry.Event} {entry.Attempt}").Order();
    }

    private static SimulatorJournal Run(ulong seed, double speed = 1)
    {
        var bank = new VirtualBank(new SimulatorOptions { Profile = "hell", Seed = seed, Speed = speed });
        foreach (var number in Numbers.Take(300))
        {
            bank.Pay(number, "sim-refund-accept");
            bank.Pay("x" + number);
            bank.Query(number);
        }

        bank.Run(TimeSpan.FromDays(2) / speed);
        return bank.Journal;
    }
}
