using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Store.Proposals;

/// <summary>What gives somebody more to spend (P2).</summary>
public sealed class ChangeRequestStore(NpgsqlDataSource database) : ProposalStore<ChangeContent>(database, "change_request", Points)
{
    private const int Seen = Own + ChangeRow.Columns;

    private static readonly ProposalFailpoints Points = new(
        Failpoint.BeforeChangeAsked, Failpoint.AfterChangeAsked, Failpoint.BeforeChangeDone, Failpoint.AfterChangeDone);

    protected override NpgsqlCommand WithContent(NpgsqlCommand add, ChangeContent content)
    {
        var row = ChangeRow.Of(content.Change);
        return add
            .With(row.What)
            .With(row.Account)
            .With(row.Customer)
            .With(row.Hold, NpgsqlDbType.Bigint)
            .With(row.From?.Minor, NpgsqlDbType.Bigint)
            .With(row.To?.Minor, NpgsqlDbType.Bigint)
            .With(row.To?.Currency.Code)
            .With(row.FromClass)
            .With(row.ToClass)
            .With(content.Seen);
    }

    protected override ChangeContent ReadContent(NpgsqlDataReader row, string reason) =>
        new(ChangeRow.Read(row, Own).ToChange(), row.GetInt64(Seen), reason);

    protected override Completion? ReadCompletion(NpgsqlDataReader row, OrderId posting) =>
        row.GetNullableMoment(Seen + 1) is { } at ? new Completion(posting, At: at) : null;
}
