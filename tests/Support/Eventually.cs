namespace PaymentEngine.Tests.Support;

/// <summary>Waits for what another thread or process is about to do and gives no signal of. What has not come true by then never will.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static Task BecomesTrueAsync(Func<bool> condition, string what) =>
        BecomesTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, string what)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > deadline)
            {
                throw new TimeoutException($"after {Patience.TotalSeconds:N0} s still not so: {what}");
            }

            await Task.Delay(Pause);
        }
    }
}
