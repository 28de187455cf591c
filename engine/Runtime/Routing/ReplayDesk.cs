using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Tells what a draft would have done with transactions of the past (C17). It decides and changes nothing.</summary>
public sealed class ReplayDesk(PastTransactions past, IDraftTables tables, IRouteConditions conditions) : IDisposable
{
    /// <summary>A replay keeps a processor busy that payments want too.</summary>
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<ReplayResult> RunAsync(RoutingDraft draft, PastRange range, CancellationToken cancellation)
    {
        if (!_oneAtATime.Wait(0, CancellationToken.None))
        {
            return new ReplayResult.Busy();
        }

        try
        {
            var failures = new ReplayFailures();
            var drafted = await tables.CompileAsync(draft, failures, cancellation);
            if (drafted.Table is not { } table)
            {
                return new ReplayResult.Unfit(drafted.Errors);
            }

            var replay = new RouteReplay(await tables.InForceAsync(cancellation), table, new QuietConditions(conditions.VolumeOf));
            await foreach (var transaction in past.ReadAsync(range, cancellation))
            {
                replay.Add(transaction);
            }

            return new ReplayResult.Done(replay.Report(), failures.All());
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}

/// <summary>What a replay came to: a closed set.</summary>
public abstract record ReplayResult
{
    private ReplayResult()
    {
    }

    /// <param name="ScriptFailures">Of scripts of the draft.</param>
    public sealed record Done(ReplayReport Report, IReadOnlyList<ReplayFailure> ScriptFailures) : ReplayResult;

    /// <summary>The draft could not be put into force.</summary>
    public sealed record Unfit(IReadOnlyList<SetupError> Errors) : ReplayResult;

    /// <summary>Another replay is running.</summary>
    public sealed record Busy : ReplayResult;
}
