using Microsoft.Extensions.Logging;
using Npgsql;

namespace PaymentEngine.Store.Commit;

/// <summary>Commits units of work of one lane.</summary>
internal sealed class UnitCommitter(NpgsqlDataSource database, int lane, CommitMetrics metrics, ILogger log)
    : BatchCommitter<PendingUnit>(database, new BatchTransaction(lane), metrics, log);
