namespace PaymentEngine.Bench.Load;

/// <summary>The generator's only loop: sends what is due, waits for answers, obeys the commands of the benchmark.</summary>
internal sealed class LoadLoop(int connections, Epoll epoll, SubmitLoad submit, PaidWatch watch, Tally tally, GeneratorCommands commands)
{
    private static readonly long LongestWaitNs = Clock.FromMilliseconds(20); // commands are looked at as often
    private static readonly long PatienceNs = Clock.FromMilliseconds(10_000);

    public GeneratorResult Run(CancellationToken cancellation)
    {
        long? endedAt = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var now = Clock.NowNs();
            if (commands.TakeMeasure())
                tally.StartMeasuring(now);
            if (commands.StopRequested)
                submit.StopArrivals();
            if (submit.ArrivalsEnded)
                endedAt ??= now;
            if (endedAt is { } end && (now > end + PatienceNs || (submit.Unanswered == 0 && watch.Unpaid == 0)))
                return tally.Result(end, submit.Unanswered, watch.Unpaid);

            SendDue(now);
            var next = Math.Min(submit.NextAt, watch.NextAt);
            foreach (var token in epoll.Wait(Math.Clamp(next - now, 0, LongestWaitNs)))
            {
                if (token < connections)
                    submit.OnReadable(token);
                else
                    watch.OnReadable(token);
                SendDue(Clock.NowNs()); // an arrival does not wait for the rest of the answers
            }
        }
    }

    private void SendDue(long now)
    {
        submit.SendPaused(now);
        submit.SendArrived(now);
        watch.PollDue(now);
    }
}
