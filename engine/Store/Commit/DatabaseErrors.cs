using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>What an error of the database says about the batch that it ended.</summary>
internal static class DatabaseErrors
{
    /// <summary>Integrity and data errors are some unit's fault; the others of the batch would commit without it.</summary>
    public static bool IsGuiltOfOneUnit(PostgresException error) =>
        error.SqlState.StartsWith("23", StringComparison.Ordinal) || error.SqlState.StartsWith("22", StringComparison.Ordinal);

    /// <summary>Deadlock or serialisation failure: the database undid everything and says that it may be tried again.</summary>
    public static bool MayRunAgain(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
