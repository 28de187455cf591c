using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.InProcess;

/// <summary>What the engine did without HTTP, and what a payment cost.</summary>
internal sealed record InProcessFigures(
    double PaymentsPerSecond,
    double TpcbPerSecond,
    double Ratio,
    long Payments,
    double Seconds,
    double EngineCpuUs,
    double PostgresCpuUs,
    double AllocatedBytes,
    double RowsWritten,
    double WalBytes,
    double UnitsPerCommit,
    double CommitsPerSecond,
    double GcPausePercent,
    IReadOnlyList<long> WorkingSetMegabytes,
    long TurnedAway,
    bool BooksClean,
    TpcBFigures Tpcb,
    MachineFacts Machine,
    InProcessOptions Options);
