using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Store.Proposals;

/// <summary>Bookings by hand (A10).</summary>
public sealed class AdjustmentStore(NpgsqlDataSource database) : ProposalStore<AdjustmentContent>(database, "adjustment", Points)
{
    private static readonly ProposalFailpoints Points = new(
        Failpoint.BeforeAdjustmentAsked, Failpoint.AfterAdjustmentAsked, Failpoint.BeforeAdjustmentBooked, Failpoint.AfterAdjustmentBooked);

    protected override NpgsqlCommand WithContent(NpgsqlCommand add, AdjustmentContent content) => add.WithJson(AdjustmentJson.Write(content));

    protected override AdjustmentContent ReadContent(NpgsqlDataReader row, string reason) => AdjustmentJson.Read(reason, row.GetString(Own));

    protected override Completion? ReadCompletion(NpgsqlDataReader row, OrderId posting) =>
        posting.IsNone ? null : new Completion(posting, row.GetFieldValue<DateOnly>(Own + 1));
}
