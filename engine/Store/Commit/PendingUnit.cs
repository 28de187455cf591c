using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>A unit of work on its way through the committer.</summary>
internal sealed class PendingUnit(UnitOfWork unit) : Pending<CommitResult>
{
    public UnitOfWork Unit { get; } = unit;

    /// <summary>The committer's own portions of its limits do not suffice: all of them are locked for it, from now on (C4).</summary>
    public bool NeedsWholeCounters { get; private set; }

    public override void PutOff()
    {
        NeedsWholeCounters = true;
        base.PutOff();
    }

    public override string Describe() => $"trade {Unit.Family.Trade.Number} of request {Unit.Context.RequestSerial}";

    protected override CommitResult Committed()
    {
        Unit.MarkCommitted();
        return CommitResult.Committed.Instance;
    }

    protected override CommitResult Unavailable(string why) => new CommitResult.Unavailable(why);

    /// <summary>What filled a limit may have been lost with the rest of the batch.</summary>
    protected override bool Stands(CommitResult refusal) => refusal is not CommitResult.LimitReached;
}
