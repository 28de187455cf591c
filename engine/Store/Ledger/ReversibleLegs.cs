using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>What postings moved, for whoever takes one back.</summary>
public sealed class ReversibleLegs(NpgsqlDataSource database)
{
    /// <summary>Per account and item; what moved between sub-accounts of one account is nothing. Null when there is no such posting.</summary>
    public async Task<PostedContent?> FindAsync(OrderId posting, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/posting.legs"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = posting.Value });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = posting.Day.AddDays(-1) });
        PostingKind? kind = null;
        var legs = new List<RequestedLeg>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            kind = Enum.Parse<PostingKind>(rows.GetString(0));
            legs.Add(new RequestedLeg(
                rows.GetString(1), new Money(rows.GetInt64(2), Currency.Parse(rows.GetString(3))), new OrderId(rows.GetInt64(4))));
        }

        return kind is { } known ? new PostedContent(known, legs) : null;
    }
}

/// <param name="Kind">Of the posting.</param>
public sealed record PostedContent(PostingKind Kind, IReadOnlyList<RequestedLeg> Legs);
