using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Store.Conditions;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// Nodes tell each other what they learned. While the database is away each goes by what it knows, and tells the rest
/// when it is back.
/// </summary>
public sealed class ConditionExchange(
    ChannelHealth health,
    HealthStore healthStore,
    CardMemory cards,
    ReserveDesk reserves,
    ChannelVolumes volumes,
    FullLimits limits,
    ConditionOptions options,
    TimeProvider clock,
    ILogger<ConditionExchange> log) : BackgroundService
{
    private static readonly TimeSpan CardPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan VolumePeriod = TimeSpan.FromMinutes(1);

    /// <summary>Everything at once: what a node needs before its first decision.</summary>
    public async Task OnceAsync(CancellationToken cancellation)
    {
        await CardsAsync(cancellation);
        await HealthAsync(cancellation);
        await volumes.ExchangeAsync(cancellation);
    }

    /// <summary>The last word of a node that stops.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        await HealthAsync(cancellation);
        await volumes.ExchangeAsync(cancellation);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(CardsAsync, CardPeriod, stoppingToken),
        RepeatAsync(HealthAsync, options.HealthExchange, stoppingToken),
        RepeatAsync(SlowlyAsync, VolumePeriod, stoppingToken));

    private Task CardsAsync(CancellationToken cancellation)
    {
        limits.Forget();
        return cards.ReadAsync(cancellation);
    }

    private async Task HealthAsync(CancellationToken cancellation)
    {
        health.Hear(await healthStore.ExchangeAsync(health.Tell(), cancellation));
        await reserves.RefreshAsync(cancellation);
    }

    private async Task SlowlyAsync(CancellationToken cancellation)
    {
        await volumes.ExchangeAsync(cancellation);
        await volumes.ForgetAsync(cancellation);
        await cards.ForgetAsync(cancellation);
        await healthStore.ForgetAsync(cancellation);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> once, TimeSpan period, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await once(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning("what nodes know of channels and cards will be exchanged later: {Reason}", unreachable.Message);
            }
            catch (Exception unforeseen)
            {
                // A node that stopped listening would go by what is long over; the next round may go better.
                log.LogError(unforeseen, "what nodes know of channels and cards cannot be exchanged");
            }

            await Task.Delay(period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
