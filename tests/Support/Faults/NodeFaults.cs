using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>What can happen to a process of the engine while it runs.</summary>
public static class NodeFaults
{
    /// <param name="node">In words: node 1.</param>
    /// <param name="engine">Whichever process it is at the moment.</param>
    /// <param name="clock">The one it was started with.</param>
    public static IReadOnlyList<Fault> Of(string node, Func<EngineProcess> engine, WallClock clock, Random random)
    {
        var offset = TimeSpan.FromSeconds(random.Next(-172_800, 172_800));
        return
        [
            new Fault($"{node} is frozen", () => engine().FreezeAsync(), () => engine().ThawAsync()),
            new Fault($"the wall clock of {node} is {offset} off", () => SetAsync(offset), () => SetAsync(TimeSpan.Zero)),
        ];

        Task SetAsync(TimeSpan off)
        {
            clock.Offset = off;
            return Task.CompletedTask;
        }
    }
}
