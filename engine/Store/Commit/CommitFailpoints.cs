using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Commit;

/// <summary>The failpoints of a batch, by what it carries: a crash beside a submission and one beside a result leave different things undone.</summary>
internal static class CommitFailpoints
{
    public static void PassBefore(IReadOnlyList<PendingUnit> units) => Pass(units, unit => PointsOf(unit.Unit), points => points.Before);

    public static void PassAfter(IReadOnlyList<PendingUnit> units) => Pass(units, unit => PointsOf(unit.Unit), points => points.After);

    public static void PassBefore(IReadOnlyList<PendingPosting> postings) => Pass(postings, PointsOf, points => points.Before);

    public static void PassAfter(IReadOnlyList<PendingPosting> postings) => Pass(postings, PointsOf, points => points.After);

    private static void Pass<T>(
        IReadOnlyList<T> batch, Func<T, (Failpoint Before, Failpoint After)> pointsOf, Func<(Failpoint Before, Failpoint After), Failpoint> which)
        where T : IPending
    {
        if (!Failpoints.AreArmed)
        {
            return;
        }

        foreach (var points in batch.Where(pending => pending.IsIn).Select(pointsOf).Distinct().Order())
        {
            Failpoints.Pass(which(points));
        }
    }

    private static (Failpoint Before, Failpoint After) PointsOf(PendingPosting pending) => pending.Posting.Holds.Count > 0
        ? (Failpoint.BeforeCommitOfHold, Failpoint.AfterCommitOfHold)
        : (Failpoint.BeforeCommitOfPosting, Failpoint.AfterCommitOfPosting);

    private static (Failpoint Before, Failpoint After) PointsOf(UnitOfWork unit) => unit switch
    {
        { HandledCallback: not null } => (Failpoint.BeforeCommitOfCallback, Failpoint.AfterCommitOfCallback),
        { HandledTimer.Kind: TimerKind.Query } => (Failpoint.BeforeCommitOfQuery, Failpoint.AfterCommitOfQuery),
        { HandledTimer: not null } => (Failpoint.BeforeCommitOfTimer, Failpoint.AfterCommitOfTimer),
        { Claim: not null } => (Failpoint.BeforeCommitOfRequest, Failpoint.AfterCommitOfRequest),
        _ => (Failpoint.BeforeCommitOfResult, Failpoint.AfterCommitOfResult),
    };
}
