using PaymentEngine.Store.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <param name="Targets">Who is told, and whether that works.</param>
public sealed record AlertList(IReadOnlyList<ListedAlert> Alerts, IReadOnlyList<AlertTargetState> Targets);

/// <summary>Where operations see what was raised, and say that they take care of it.</summary>
public sealed class AlertDesk(AlertStore store)
{
    public async Task<AlertList> ListAsync(bool all, CancellationToken cancellation) =>
        new(await store.ListAsync(all, cancellation), await store.TargetsAsync(cancellation));

    /// <summary>The alert as it is now; null when there is none.</summary>
    public Task<ListedAlert?> AcknowledgeAsync(long id, string actor, CancellationToken cancellation) =>
        store.AcknowledgeAsync(id, actor, cancellation);
}
