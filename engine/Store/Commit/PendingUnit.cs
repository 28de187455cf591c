using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>A unit of work on its way through the committer, and whoever waits for it.</summary>
internal sealed class PendingUnit(UnitOfWork unit)
{
    private readonly TaskCompletionSource<CommitResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UnitOfWork Unit { get; } = unit;

    public Task<CommitResult> Result => _done.Task;

    /// <summary>Set when the unit has to leave its batch; the others go on without it.</summary>
    public CommitResult? Refusal { get; private set; }

    /// <summary>It has left its batch without an answer, to be asked again in a transaction that comes after.</summary>
    public bool IsPutOff { get; private set; }

    /// <summary>The committer's own portions of its limits do not suffice: all of them are locked for it, from now on (C4).</summary>
    public bool NeedsWholeCounters { get; private set; }

    public bool IsIn => Refusal is null && !IsPutOff;

    public void Leave(CommitResult refusal) => Refusal ??= refusal;

    public void PutOff()
    {
        NeedsWholeCounters = true;
        IsPutOff = true;
    }

    /// <summary>Before a batch is tried again, what an aborted attempt found out is forgotten.</summary>
    public void Rejoin()
    {
        Refusal = null;
        IsPutOff = false;
    }

    public void Complete(CommitResult result)
    {
        IsPutOff = false;
        _done.TrySetResult(result);
    }

    public void Fail(Exception bug)
    {
        IsPutOff = false;
        _done.TrySetException(bug);
    }
}
