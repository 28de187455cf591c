using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Ledger;

/// <summary>What the benchmark found.</summary>
/// <param name="RawPostingsPerSecond">The same rows written by a loop with nothing around it: one connection, 250 postings in a transaction.</param>
/// <param name="Refused">Postings that did not come to anything; none should.</param>
internal sealed record LedgerFigures(
    double RawPostingsPerSecond,
    double PostingsPerSecond,
    Latency AtFullLoad,
    Latency AtFiveThousand,
    double OfferedPerSecond,
    MachineWaits MachineAtFiveThousand,
    double GcPausePercent,
    double EngineCpuUs,
    double PostgresCpuUs,
    VoucherFigures Vouchers,
    ClosingFigures Closing,
    long Refused,
    bool BooksClean,
    MachineFacts Machine,
    LedgerBenchOptions Options);

/// <param name="BehindSeconds">How much later than the last posting its voucher was there, after a load of this many postings a second.</param>
/// <param name="WaitingAfterFullLoad">Postings without one when full load had just ended.</param>
/// <param name="GoneInSeconds">Until these had theirs.</param>
internal sealed record VoucherFigures(double OfferedPerSecond, double BehindSeconds, long WaitingAfterFullLoad, double GoneInSeconds);

/// <param name="Seconds">From the turn of the day to its certificate, with the vouchers that were still missing.</param>
internal sealed record ClosingFigures(long Entries, double Seconds, double PostingsBefore, double PostingsMeanwhile);
