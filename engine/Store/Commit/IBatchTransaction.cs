using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>The one transaction that a batch is written in.</summary>
internal interface IBatchTransaction<TPending>
{
    /// <summary>The database's name for the transaction, by which its outcome can be asked for later.</summary>
    long TransactionId { get; }

    bool CommitWasSent { get; }

    /// <summary>Forgets the transaction before: what went wrong so far has nothing to do with it.</summary>
    /// <param name="passBusy">
    /// Rows of accounts that somebody else holds are passed over, and whoever needs them is told; else they are waited for.
    /// </param>
    void Reset(bool passBusy);

    /// <summary>Returns when what is still in has committed; the rest carries its refusal.</summary>
    Task RunAsync(NpgsqlConnection connection, IReadOnlyList<TPending> batch);

    /// <summary>Whether a row of it is there that this very transaction wrote.</summary>
    Task<bool> HasWrittenAsync(NpgsqlDataSource database, TPending witness);
}
