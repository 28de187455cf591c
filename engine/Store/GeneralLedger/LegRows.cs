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

    public long[] Postings() => [.. _postings.Keys];

    /// <summary>Their vouchers are made by somebody else.</summary>
    public void Forget(long posting) => _postings.Remove(posting);

    /// <summary>In the order of their transactions, each leg with what its account hangs on.</summary>
    public async Task<IReadOnlyList<PostedLegs>> InOrderAsync(AccountSubjects subjects, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await subjects.LearnAsync(_postings.Values.SelectMany(posting => posting.Legs).Select(leg => leg.Account), connection, cancellation);
        return
        [
            .. _postings
                .OrderBy(posting => posting.Value.Tx)
                .ThenBy(posting => posting.Key)
                .Select(posting => posting.Value.Whole(posting.Key, subjects)),
        ];
    }

    private void Add(NpgsqlDataReader row)
    {
        var id = row.GetInt64(0);
        if (!_postings.TryGetValue(id, out var posting))
        {
            _postings.Add(id, posting = new Gathered(row.GetNullableLong(4) ?? 0, row.GetNullableString(5)));
        }

        Legs++;
        posting.Legs.Add(new Leg(row.GetInt16(1), row.GetInt64(7), row.GetInt64(2), Currency.Parse(row.GetString(3)), row.GetNullableLong(6) ?? 0));
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

    private readonly record struct Leg(short Number, long Account, long AmountMinor, Currency Currency, long Order);

    private sealed class Gathered(long tx, string? kind)
    {
        public long Tx => tx;

        public string? Kind { get; set; } = kind;

        /// <summary>What its posting says, where its entries do not.</summary>
        public long? Order { get; set; }

        public List<Leg> Legs { get; } = new(4);

        public PostedLegs Whole(long id, AccountSubjects subjects)
        {
            Legs.Sort(static (a, b) => a.Number.CompareTo(b.Number));
            var order = Order ?? OrderOf(subjects);
            Net(subjects);
            var legs = new PostedLeg[Legs.Count];
            for (var i = 0; i < legs.Length; i++)
            {
                var leg = Legs[i];
                var (accountKind, subject, _) = subjects.Of(leg.Account);
                legs[i] = new PostedLeg(leg.Number, accountKind, subject, leg.AmountMinor, leg.Currency);
            }

            return new PostedLegs(id, Kind ?? UnknownKind, order, legs);
        }

        /// <summary>Per account and item: what moved between the rows of one account is nothing to the general ledger.</summary>
        private void Net(AccountSubjects subjects)
        {
            for (var i = Legs.Count - 1; i > 0; i--)
            {
                var first = FirstLike(i, subjects);
                var sum = (Int128)Legs[first].AmountMinor + Legs[i].AmountMinor;

                // What no number can hold stays in parts.
                if (first < i && sum >= -long.MaxValue && sum <= long.MaxValue)
                {
                    Legs[first] = Legs[first] with { AmountMinor = (long)sum };
                    Legs.RemoveAt(i);
                }
            }

            Legs.RemoveAll(static leg => leg.AmountMinor == 0);
        }

        private int FirstLike(int at, AccountSubjects subjects)
        {
            var leg = Legs[at];
            var account = subjects.Of(leg.Account).Account;
            for (var i = 0; i < at; i++)
            {
                if (Legs[i].Order == leg.Order && Legs[i].Currency == leg.Currency && subjects.Of(Legs[i].Account).Account == account)
                {
                    return i;
                }
            }

            return at;
        }

        /// <summary>A leg on an account that has items names the order whose item it changes, which may be another.</summary>
        private long? OrderOf(AccountSubjects subjects)
        {
            long? order = null;
            foreach (var leg in Legs)
            {
                if (leg.Order > 0 && (order is null || !AccountKinds.HasItems(subjects.Of(leg.Account).Kind)))
                {
                    order = leg.Order;
                }
            }

            return order;
        }
    }
}
