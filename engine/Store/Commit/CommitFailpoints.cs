using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>The failpoints of a batch, by what it carries: a crash beside a submission and one beside a result leave different things undone.</summary>
internal static class CommitFailpoints
{
    public static void PassBefore(IReadOnlyList<PendingUnit> units) => Pass(units, points => points.Before);

    public static void PassAfter(IReadOnlyList<PendingUnit> units) => Pass(units, points => points.After);

    private static void Pass(IReadOnlyList<PendingUnit> units, Func<(Failpoint Before, Failpoint After), Failpoint> which)
    {
        if (!Failpoints.AreArmed)
        {
            return;
        }

        foreach (var points in units.Where(pending => pending.IsIn).Select(pending => PointsOf(pending.Unit)).Distinct().Order())
        {
            Failpoints.Pass(which(points));
        }
    }

    private static (Failpoint Before, Failpoint After) PointsOf(UnitOfWork unit) => unit switch
    {
        { HandledCallback: not null } => (Failpoint.BeforeCommitOfCallback, Failpoint.AfterCommitOfCallback),
        { HandledTimer.Kind: TimerKind.Query } => (Failpoint.BeforeCommitOfQuery, Failpoint.AfterCommitOfQuery),
        { HandledTimer: not null } => (Failpoint.BeforeCommitOfTimer, Failpoint.AfterCommitOfTimer),
        { Claim: not null } => (Failpoint.BeforeCommitOfRequest, Failpoint.AfterCommitOfRequest),
        _ => (Failpoint.BeforeCommitOfResult, Failpoint.AfterCommitOfResult),
    };
}
