using System.Diagnostics;
using PaymentEngine.Bench.Load;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Bench.Ledger;

/// <summary>Postings one after the other from many callers, or so many a second whatever becomes of them.</summary>
internal sealed class PostingLoad(ILedgerDesk desk, LedgerAccounts accounts)
{
    private static long _serial;

    private readonly Lock _gate = new();
    private LatencyHistogram _latencies = new();
    private long _posted;
    private long _refused;

    public long Posted => Interlocked.Read(ref _posted);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>What was measured since this was asked last.</summary>
    public Latency TakeLatencies()
    {
        lock (_gate)
        {
            var taken = _latencies.Summary();
            _latencies = new LatencyHistogram();
            return taken;
        }
    }

    /// <summary>A closed loop of this many callers, until it is told to stop.</summary>
    public Task RunAsync(int callers, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
        async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await PostAsync(Stopwatch.GetTimestamp());
            }
        },
        CancellationToken.None)));

    /// <summary>
    /// An open loop: each posting has its moment, and waits count from there. On a thread of its own, since timers come up to
    /// 4 ms late and would offer twenty postings at once.
    /// </summary>
    public Task OfferAsync(int perSecond, TimeSpan time) =>
        Task.Factory.StartNew(() => Task.WhenAll(Offer(perSecond, time)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private List<Task> Offer(int perSecond, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var under = new List<Task>();
        var offered = 0L;
        for (var elapsed = TimeSpan.Zero; elapsed < time; elapsed = Stopwatch.GetElapsedTime(started))
        {
            for (var due = (long)(elapsed.TotalSeconds * perSecond); offered < due; offered++)
            {
                under.Add(PostAsync(started + (long)(offered * (double)Stopwatch.Frequency / perSecond)));
            }

            under.RemoveAll(task => task.IsCompleted);
            Thread.Sleep(1);
        }

        return under;
    }

    private async Task PostAsync(long since)
    {
        var result = await desk.PostAsync(accounts.Next(Interlocked.Increment(ref _serial), Random.Shared), CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(since);
        if (result is LedgerResult.Posted)
        {
            Interlocked.Increment(ref _posted);
        }
        else
        {
            Interlocked.Increment(ref _refused);
        }

        lock (_gate)
        {
            _latencies.Record((long)took.TotalMicroseconds);
        }
    }
}
