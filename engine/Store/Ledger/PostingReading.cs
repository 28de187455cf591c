using Npgsql;
using PaymentEngine.Core;

namespace PaymentEngine.Store.Ledger;

/// <summary>Postings with their legs, for people.</summary>
public sealed class PostingReading(NpgsqlDataSource database)
{
    /// <summary>Null where there is no such posting.</summary>
    public async Task<PostingRecord?> FindAsync(OrderId id, CancellationToken cancellation)
    {
        // Nearly every posting is of the day of its number, or of the one beside it; else all days since are looked through. What is
        // buffered is found whatever its day, and says nothing of the other legs.
        var legs = await LegsAsync([id], id.Day.AddDays(-1), id.Day.AddDays(1), cancellation);
        if (legs.TrueForAll(leg => leg.Place is null))
        {
            legs = await LegsAsync([id], id.Day.AddDays(-1), OrderId.LastDay, cancellation);
        }

        var day = legs.Count > 0 ? legs[0].Day : (DateOnly?)null;
        var facts = (await database.Statement("posting_reading.facts").With(id.Value).With(day).ReadAsync(ReadFacts, cancellation)).Single();
        return legs.Count == 0 && facts.Key is null && facts.Hold.IsNone ? null : new PostingRecord(id, facts.Day ?? day, legs, facts);
    }

    /// <summary>The postings of an order; for a trade, those of all its orders.</summary>
    public async Task<IReadOnlyList<PostingRecord>> OfOrderAsync(OrderId order, CancellationToken cancellation)
    {
        var ids = await database.Statement("posting_reading.of_order").With(order.Value).ReadAsync(row => new OrderId(row.GetInt64(0)), cancellation);
        var postings = new List<PostingRecord>();
        foreach (var id in ids)
        {
            if (await FindAsync(id, cancellation) is { } posting)
            {
                postings.Add(posting);
            }
        }

        return postings;
    }

    /// <summary>The legs of these postings, of these days.</summary>
    public Task<List<LegRecord>> LegsAsync(IReadOnlyCollection<OrderId> postings, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        database.Statement("posting_reading.legs").With([.. postings.Select(id => id.Value)]).With(from).With(to).ReadAsync(
            row => new LegRecord(
                new OrderId(row.GetInt64(0)),
                row.GetFieldValue<DateOnly>(1),
                row.GetInt16(2),
                row.GetString(3),
                row.GetString(4),
                new Money(row.GetInt64(6), Currency.Parse(row.GetString(5))),
                row.IsDBNull(7) ? null : new LegPlaceRecord(row.GetInt64(7), row.GetInt64(8), row.GetInt64(9)),
                new OrderId(row.GetInt64(10)),
                row.GetNullableString(11)),
            cancellation);

    private static PostingFacts ReadFacts(NpgsqlDataReader row) => new(
        row.GetNullableString(0),
        row.GetNullableString(1),
        row.GetNullableString(2),
        row.GetNullableString(3),
        row.GetNullableMoment(4),
        row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
        new OrderId(row.GetNullableLong(6) ?? 0),
        new OrderId(row.GetNullableLong(7) ?? 0),
        new OrderId(row.GetNullableLong(8) ?? 0),
        row.GetNullableLong(9),
        new OrderId(row.GetNullableLong(10) ?? 0));
}

public sealed record PostingRecord(OrderId Id, DateOnly? Day, IReadOnlyList<LegRecord> Legs, PostingFacts Facts)
{
    public string? Kind => Facts.Kind ?? Legs.Select(leg => leg.Kind).FirstOrDefault(kind => kind is not null);

    /// <summary>None for a posting of no order; what is of none names itself.</summary>
    public OrderId Order => Facts.Key is null && Legs.Count > 0 && Legs[0].Order != Id ? Legs[0].Order : default;
}

/// <param name="Account">To which the row belongs.</param>
/// <param name="Place">Null while the leg is buffered.</param>
public sealed record LegRecord(
    OrderId Posting, DateOnly Day, short Leg, string Account, string Row, Money Amount, LegPlaceRecord? Place, OrderId Order, string? Kind);

public sealed record LegPlaceRecord(long Sequence, long Opening, long Closing);

/// <param name="Key">Of the request that asked for it; null for a posting of an order.</param>
public sealed record PostingFacts(
    string? Key,
    string? Kind,
    string? Narrative,
    string? MadeBy,
    DateTimeOffset? PostedAt,
    DateOnly? Day,
    OrderId Reverses,
    OrderId ReversedBy,
    OrderId Adjustment,
    long? Voucher,
    OrderId Hold);
