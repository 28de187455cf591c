namespace PaymentEngine.Store.Commit;

/// <summary>Something on its way through a committer, and whoever waits for what becomes of it.</summary>
internal abstract class Pending<TResult> : IPending
    where TResult : class
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Result => _done.Task;

    /// <summary>Set when it has to leave its batch; the others go on without it.</summary>
    public TResult? Refusal { get; private set; }

    public bool IsPutOff { get; private set; }

    public bool IsIn => Refusal is null && !IsPutOff;

    public void Leave(TResult refusal) => Refusal ??= refusal;

    public virtual void PutOff() => IsPutOff = true;

    public void Rejoin()
    {
        Refusal = null;
        IsPutOff = false;
    }

    public void Announce()
    {
        if (Refusal is { } refusal)
        {
            Complete(refusal);
        }
        else if (IsIn)
        {
            Complete(Committed());
        }
    }

    public void BreakOff(string why) => Complete(Refusal is { } refusal && Stands(refusal) ? refusal : Unavailable(why));

    public void Fail(Exception bug)
    {
        IsPutOff = false;
        _done.TrySetException(bug);
    }

    public abstract string Describe();

    /// <summary>It is in the database: what whoever waits is told.</summary>
    protected abstract TResult Committed();

    protected abstract TResult Unavailable(string why);

    /// <summary>Whether a refusal holds although nothing of the batch was committed.</summary>
    protected virtual bool Stands(TResult refusal) => true;

    private void Complete(TResult result)
    {
        IsPutOff = false;
        _done.TrySetResult(result);
    }
}

/// <summary>What a committer has to know of what it commits.</summary>
internal interface IPending
{
    /// <summary>Still part of its batch.</summary>
    bool IsIn { get; }

    /// <summary>It has left its batch without an answer, to be asked again in a transaction that comes after.</summary>
    bool IsPutOff { get; }

    /// <summary>Before a batch is tried again, what an aborted attempt found out is forgotten.</summary>
    void Rejoin();

    /// <summary>The batch has committed: it was in it, or it had left with a reason.</summary>
    void Announce();

    /// <summary>The batch has not committed, for a reason that is nobody's fault in it.</summary>
    void BreakOff(string why);

    /// <summary>It cannot be written, or made us throw.</summary>
    void Fail(Exception bug);

    /// <summary>For the log.</summary>
    string Describe();
}
