namespace PaymentEngine.Tests.Hell;

/// <summary>Waits until nobody has anything left to do: no timer, no callback, no notification, and a bank that has fallen silent.</summary>
internal sealed class Settling(HellWorld world, HellOptions options)
{
    private const string Open =
        """
        select (select count(*) from timer) + (select count(*) from callback_pending)
            + (select count(*) from notification where state = 'Waiting')
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <summary>A payment, the refund of its surplus after the longest wait there is, and what retries add on a slow machine.</summary>
    private TimeSpan Patience => (options.LastAge * 3) + TimeSpan.FromMinutes(3);

    /// <returns>What was still open when patience ended; zero when all is quiet.</returns>
    public async Task<long> UntilQuietAsync(Action<long> tell)
    {
        var silence = options.LatestCallback > Least ? options.LatestCallback : Least;
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        var (length, since) = (0L, Environment.TickCount64);
        for (var told = 0L; ; told++)
        {
            var open = await world.Database.ScalarAsync<long>(Open);
            var now = Environment.TickCount64;
            var written = new FileInfo(world.JournalPath).Length;
            if (open > 0 || written != length)
            {
                (length, since) = (written, now);
            }

            if (now - since >= silence.TotalMilliseconds || now >= deadline)
            {
                return open;
            }

            if (told % 15 == 0)
            {
                tell(open);
            }

            await Task.Delay(Pause);
        }
    }
}
