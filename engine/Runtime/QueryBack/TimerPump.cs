using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Store.Timers;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Runtime.QueryBack;

/// <summary>
/// Claims due timers and has them handled, many at once. A timer that could not be handled is due again when its lease
/// ends, here or on another node.
/// </summary>
public sealed class TimerPump(
    TimerStore timers,
    DueQuestions questions,
    QueryDesk queries,
    DispatchDesk dispatches,
    ResultDesk results,
    NotificationDesk notifications,
    ApplicationSet applications,
    TimerOptions options,
    TimeProvider clock,
    ILogger<TimerPump> log) : BackgroundService
{
    /// <summary>While questions are waiting their lines are looked at so much oftener: a place that is free is worth something.</summary>
    private const int Oftener = 4;

    /// <summary>What a version armed that knew no lanes of channels.</summary>
    private static readonly TimerKind[] Strays = [TimerKind.Query];

    /// <summary>These wait for nobody but the database, and never behind a slow institution.</summary>
    private static readonly TimerKind[] Deadlines = [TimerKind.Dispatch, TimerKind.Expiry, TimerKind.Posting];

    /// <summary>These are handed on and waited for by nobody here: merchants may be slower than institutions.</summary>
    private static readonly TimerKind[] Reminders = [TimerKind.Notify];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [
            PumpAsync(AskOnceAsync, stoppingToken),
            .. Pumps().Select(pumpOnce => PumpAsync(
                async cancellation => await pumpOnce(cancellation) < options.ClaimAtOnce ? options.PollPeriod : TimeSpan.Zero, stoppingToken)),
        ]);

    /// <summary>Each kind of waiting in each lane by itself: one slow line stands in no other's way.</summary>
    private IEnumerable<Func<CancellationToken, Task<int>>> Pumps()
    {
        foreach (var lane in applications.Names)
        {
            yield return cancellation => PumpOnceAsync(lane, Strays, cancellation);
            yield return cancellation => PumpOnceAsync(lane, Deadlines, cancellation);
        }

        if (applications.Runs(ApplicationSet.Engine))
        {
            yield return NotifyOnceAsync;
        }
    }

    /// <param name="pumpOnce">Says how long to wait before the next time.</param>
    private async Task PumpAsync(Func<CancellationToken, Task<TimeSpan>> pumpOnce, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await pumpOnce(stoppingToken) is var pause && pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unforeseen)
            {
                // A pump that stopped would leave its timers to nobody; the next claim may go better.
                log.LogError(unforeseen, "timers cannot be claimed");
                await Task.Delay(options.PollPeriod, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Claims once and handles what was claimed; returns how many there were.</summary>
    public async Task<int> PumpOnceAsync(CancellationToken cancellation)
    {
        var asked = await TakeUpQuestionsAsync(cancellation);
        await Task.WhenAll(asked);
        var claimed = asked.Count;
        foreach (var pumpOnce in Pumps())
        {
            claimed += await pumpOnce(cancellation);
        }

        return claimed;
    }

    private async Task<int> NotifyOnceAsync(CancellationToken cancellation)
    {
        var due = await timers.ClaimAsync(ApplicationSet.Engine, Reminders, options.ClaimAtOnce, options.Lease, cancellation);
        await notifications.WakeAsync(due, cancellation);
        return due.Count;
    }

    private async Task<int> PumpOnceAsync(string lane, TimerKind[] kinds, CancellationToken cancellation)
    {
        var due = await timers.ClaimAsync(lane, kinds, options.ClaimAtOnce, options.Lease, cancellation);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = options.HandleAtOnce, CancellationToken = CancellationToken.None },
            async (timer, _) => await HandleAsync(timer));
        return due.Count;
    }

    /// <summary>Takes up what the lines have room for and waits for no answer: a slow institution holds up no other.</summary>
    private async Task<TimeSpan> AskOnceAsync(CancellationToken cancellation) =>
        (await TakeUpQuestionsAsync(cancellation)).Count > 0 ? options.PollPeriod / Oftener : options.PollPeriod;

    private async Task<List<Task>> TakeUpQuestionsAsync(CancellationToken cancellation)
    {
        var due = await questions.ClaimAsync(cancellation);
        return [.. due.Select(question => AskAsync(question.Timer, question.Line))];
    }

    private async Task AskAsync(DueTimer timer, Line line)
    {
        using var question = line.TakeUpQuestion();
        await HandleAsync(timer);
    }

    private async ValueTask HandleAsync(DueTimer timer)
    {
        try
        {
            await (timer.Kind switch
            {
                TimerKind.Query => queries.AskAsync(timer),
                TimerKind.Dispatch => dispatches.SendAsync(timer),
                TimerKind.Expiry when timer.Order == timer.Trade => results.ApplyTimerAsync(timer, new TradeExpired(timer.Order)),
                TimerKind.Expiry => results.ApplyTimerAsync(timer, new SendExpired(timer.Order)),
                TimerKind.Posting => results.ApplyTimerAsync(timer, new PostingDue(timer.Order)),
                _ => throw new UnreachableException($"no handler for {timer.Kind}"),
            });
        }
        catch (Exception unforeseen)
        {
            log.LogError(unforeseen, "{Kind} timer of order {Order} will be tried again", timer.Kind, timer.Order);
        }
    }
}
