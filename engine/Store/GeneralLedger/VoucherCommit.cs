using Npgsql;
using PaymentEngine.Core.Failpoints;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>The commit of a portion of vouchers, of whatever postings they are.</summary>
internal static class VoucherCommit
{
    public static async Task RunAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeVouchers);
        await transaction.CommitAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterVouchers);
    }
}
