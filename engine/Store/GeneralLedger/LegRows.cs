using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>The legs of one day as they are read, gathered by posting.</summary>
internal sealed class LegRows(DateOnly day)
{
    /// <summary>For entries of an older version whose posting is gone from the books.</summary>
    private const string UnknownKind = "Unknown";

    /// <summary>A leg on such an account names the order whose open item it changes, which may be another.</summary>
    private static readonly string[] OfItems = [nameof(AccountKind.Transit), nameof(AccountKind.Suspense)];

    private readonly Dictionary<long, Gathered> _postings = [];

    public DateOnly Day => day;

    public int Legs { get; private set; }

    public bool IsEmpty => _postings.Count == 0;

    public async Task ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                Add(rows);
            }
        }

        await AskPostingsAsync(command.Connection!, cancellation);
    }

    /// <summary>In the order of their transactions.</summary>
    public IEnumerable<PostedLegs> InOrder() => _postings
        .OrderBy(posting => posting.Value.Tx)
        .ThenBy(posting => posting.Key)
        .Select(posting => new PostedLegs(posting.Key, posting.Value.Kind ?? UnknownKind, posting.Value.Order, posting.Value.InOrder()));

    private void Add(NpgsqlDataReader row)
    {
        var id = row.GetInt64(0);
        if (!_postings.TryGetValue(id, out var posting))
        {
            _postings.Add(id, posting = new Gathered(row.IsDBNull(4) ? 0 : row.GetInt64(4), row.GetNullableString(5)));
        }

        Legs++;
        var leg = new PostedLeg(row.GetInt16(1), row.GetString(7), row.GetString(8), row.GetInt64(2), Currency.Parse(row.GetString(3)));
        posting.Legs.Add(leg);
        if (row.GetNullableLong(6) is { } order and > 0 && (posting.Order is null || !OfItems.Contains(leg.AccountKind)))
        {
            posting.Order = order;
        }
    }

    private async Task AskPostingsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var nameless = _postings.Where(posting => posting.Value.Kind is null).Select(posting => posting.Key).ToArray();
        if (nameless.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.postings"), connection)
        {
            Parameters = { new() { Value = day }, new() { Value = nameless } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var posting = _postings[rows.GetInt64(0)];
            (posting.Kind, posting.Order) = (rows.GetString(1), rows.GetInt64(2));
        }
    }

    private sealed class Gathered(long tx, string? kind)
    {
        public long Tx => tx;

        public string? Kind { get; set; } = kind;

        public long? Order { get; set; }

        public List<PostedLeg> Legs { get; } = new(4);

        public List<PostedLeg> InOrder()
        {
            Legs.Sort(static (a, b) => a.Leg.CompareTo(b.Leg));
            return Legs;
        }
    }
}
