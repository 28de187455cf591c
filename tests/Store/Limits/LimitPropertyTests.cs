using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Commit;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;
using static PaymentEngine.Tests.Store.Limits.LimitHand;

namespace PaymentEngine.Tests.Store.Limits;

/// <summary>Whatever lanes do one after the other, the counters say what two plain numbers would have said.</summary>
[Trait("Rule", "C4")]
public sealed class LimitPropertyTests(DatabaseFixture fixture) : BenchTests(fixture)
{
    private readonly Dictionary<LimitCounter, (long Amount, long Count)> _model = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task takes_returns_and_late_successes_at_random_lanes_agree_with_plain_numbers_C4(int seed)
    {
        var random = new Random(seed);
        UnitCommitter[] committers = [.. Enumerable.Range(0, 18).Select(lane => Bench.Committer(lane))];
        List<(OrderId Trade, LimitClaim[] Claims, long Amount)> living = [], failed = [];
        var (mostAmount, mostCount, refused) = (40_000L, 60L, 0);
        for (var step = 0; step < 250; step++)
        {
            var committer = committers[random.Next(committers.Length)];
            await Bench.ReadyAsync();
            switch (random.Next(12))
            {
                case < 7:
                    LimitClaim[] claims =
                    [
                        OfChannel($"random-{seed}", mostAmount, mostCount),
                        .. random.Next(2) == 0 ? new[] { OfCard($"random-card-{seed}", $"{random.Next(4)}", amount: 9_000) } : [],
                    ];
                    var amount = random.NextInt64(1, 5_000);
                    var unit = Bench.Taking(amount, claims);
                    var reached = claims.FirstOrDefault(claim => !Fits(claim, amount));
                    Assert.Equal(
                        reached is null ? CommitResult.Committed.Instance : new CommitResult.LimitReached(reached.Counter),
                        (await Workbench.CommitAsync(committer, unit))[0]);
                    if (reached is null)
                    {
                        Count(claims, amount, 1);
                        living.Add((unit.Family.Trade.Id, claims, amount));
                    }
                    else
                    {
                        refused++;
                    }

                    break;
                case < 10 when living.Count > 0:
                    var ends = Draw(living, random);
                    await Workbench.CommittedAsync(committer, Bench.Failing(await Bench.LoadAsync(ends.Trade)));
                    Count(ends.Claims, -ends.Amount, -1);
                    failed.Add(ends);
                    break;
                case 10 when failed.Count > 0:
                    var late = Draw(failed, random);
                    await Workbench.CommittedAsync(committer, Bench.Succeeding(await Bench.LoadAsync(late.Trade)));
                    Count(late.Claims, late.Amount, 1);
                    break;
                default:
                    (mostAmount, mostCount) = (random.NextInt64(10_000, 60_000), random.NextInt64(5, 80));
                    break;
            }
        }

        Assert.InRange(refused, 5, 200);
        foreach (var (counter, used) in _model)
        {
            Assert.Equal(used, await Database.UsedAsync(new LimitClaim(counter, IsBusy: false, null, null)));
        }
    }

    private static T Draw<T>(List<T> from, Random random)
    {
        var at = random.Next(from.Count);
        var drawn = from[at];
        from.RemoveAt(at);
        return drawn;
    }

    private bool Fits(LimitClaim claim, long amount)
    {
        var (amountUsed, countUsed) = _model.GetValueOrDefault(claim.Counter);
        return !(amountUsed + amount > claim.MostAmount) && !(countUsed + 1 > claim.MostCount);
    }

    private void Count(LimitClaim[] claims, long amount, int count)
    {
        foreach (var claim in claims)
        {
            var (amountUsed, countUsed) = _model.GetValueOrDefault(claim.Counter);
            _model[claim.Counter] = (amountUsed + amount, countUsed + count);
        }
    }
}
