using System.ComponentModel.DataAnnotations;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Store.Conditions;
using PaymentEngine.Tests.Unit.Support;
using Xunit;

namespace PaymentEngine.Tests.Unit.Conditions;

[Trait("Rule", "C6")]
public sealed class ChannelHealthTests
{
    private readonly FakeClock _clock = new();
    private readonly ChannelHealth _health;

    public ChannelHealthTests() => _health = new ChannelHealth(new ConditionOptions(), _clock);

    [Fact]
    public void a_channel_begins_at_0_and_success_saves_nothing_up_C6()
    {
        Assert.Equal(0, _health.Of("ACME", "CMB"));
        Count(100, HealthSteps.Success);
        Count(3, HealthSteps.Failure);

        Assert.Equal(-3, _health.Of("ACME", null));
        Assert.Equal(0, _health.Of("BEST", null));
    }

    [Fact]
    public void what_counts_is_the_worse_of_the_channel_and_of_the_channel_with_the_institution_C6()
    {
        Count(4, HealthSteps.Failure, "CMB");
        Count(3, HealthSteps.Success, "PSBC");

        Assert.Equal(-1, _health.Of("ACME", null));
        Assert.Equal(-1, _health.Of("ACME", "PSBC"));
        Assert.Equal(-4, _health.Of("ACME", "CMB"));
    }

    [Fact]
    public void an_ailing_channel_is_tried_once_every_ten_seconds_by_whoever_asks_first_C6()
    {
        Count(9, HealthSteps.Failure);
        Assert.False(_health.MayProbe("ACME", null));

        Count(1, HealthSteps.Failure);
        Assert.True(_health.MayProbe("ACME", null));
        Assert.False(_health.MayProbe("ACME", "CMB"));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(_health.MayProbe("ACME", null));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(Enumerable.Range(0, 100).AsParallel().Where(_ => _health.MayProbe("ACME", null)));
    }

    [Fact]
    public void a_channel_that_ails_with_one_institution_is_tried_by_payments_to_that_one_C6()
    {
        Count(12, HealthSteps.Failure, "CMB");
        Count(12, HealthSteps.Success, "PSBC");

        Assert.False(_health.MayProbe("ACME", "PSBC"));
        Assert.True(_health.MayProbe("ACME", "CMB"));
        Assert.False(_health.MayProbe("ACME", "CMB"));
    }

    [Fact]
    public void it_recovers_through_the_trickle_C6()
    {
        Count(15, HealthSteps.Failure);
        var probes = 0;
        while (_health.Of("ACME", null) <= HealthCounter.Ailing)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.True(_health.MayProbe("ACME", null));
            Count(1, HealthSteps.Success);
            probes++;
        }

        Assert.Equal(6, probes);
    }

    [Fact]
    public void what_is_told_counts_here_until_the_answer_and_is_told_again_when_there_is_none_C6()
    {
        Count(3, HealthSteps.Failure);
        Assert.Equal(-3, _health.Tell().Single().Steps.From(0));
        Count(1, HealthSteps.Success);
        Assert.Equal(-2, _health.Of("ACME", null));

        Assert.Equal(-2, _health.Tell().Single().Steps.From(0));
        Count(2, HealthSteps.Failure);
        _health.Hear([new KnownHealth("ACME", "", -12)]);

        Assert.Equal(-14, _health.Of("ACME", null));
        Assert.Equal(-2, _health.Tell().Single().Steps.From(0));
    }

    [Fact]
    public void what_nobody_says_anything_of_is_well_and_nobody_has_to_be_told_of_successes_C6()
    {
        Count(3, HealthSteps.Failure, "CMB");
        _health.Tell();
        _health.Hear([]);
        Assert.Equal(0, _health.Of("ACME", "CMB"));

        Count(1_000, HealthSteps.Success, "CMB");
        Assert.Empty(_health.Tell());
    }

    [Theory]
    [InlineData("00:00:30", true)]
    [InlineData("00:00:31", false)]
    public void nodes_exchange_every_30_seconds_at_most_C6(string period, bool isFit)
    {
        var options = new ConditionOptions { HealthExchange = TimeSpan.Parse(period) };

        Assert.Equal(isFit, Validator.TryValidateObject(options, new ValidationContext(options), [], validateAllProperties: true));
    }

    private void Count(int times, HealthSteps step, string? institution = null)
    {
        for (var i = 0; i < times; i++)
        {
            _health.Count("ACME", institution, step);
        }
    }
}
