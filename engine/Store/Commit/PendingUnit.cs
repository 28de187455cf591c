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

    public bool IsIn => Refusal is null;

    public void Leave(CommitResult refusal) => Refusal ??= refusal;

    /// <summary>Before a batch is tried again, what an aborted attempt found out is forgotten.</summary>
    public void Rejoin() => Refusal = null;

    public void Complete(CommitResult result) => _done.TrySetResult(result);

    public void Fail(Exception bug) => _done.TrySetException(bug);
}
