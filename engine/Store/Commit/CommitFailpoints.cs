using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>The failpoints of a batch, by what it carries: a crash beside a submission and one beside a result leave different things undone.</summary>
internal static class CommitFailpoints
{
    public static void PassBefore(IReadOnlyList<PendingUnit> units) => Pass(units, offset: 0);

    public static void PassAfter(IReadOnlyList<PendingUnit> units) => Pass(units, offset: 1);

    private static void Pass(IReadOnlyList<PendingUnit> units, int offset)
    {
        if (!Failpoints.AreArmed)
        {
            return;
        }

        foreach (var before in units.Where(pending => pending.IsIn).Select(pending => BeforeCommitOf(pending.Unit)).Distinct().Order())
        {
            Failpoints.Pass(before + offset);
        }
    }

    private static Failpoint BeforeCommitOf(UnitOfWork unit) => unit switch
    {
        { HandledCallback: not null } => Failpoint.BeforeCommitOfCallback,
        { HandledTimer.Kind: TimerKind.Query } => Failpoint.BeforeCommitOfQuery,
        { HandledTimer: not null } => Failpoint.BeforeCommitOfTimer,
        { Claim: not null } => Failpoint.BeforeCommitOfRequest,
        _ => Failpoint.BeforeCommitOfResult,
    };
}
