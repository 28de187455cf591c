using Npgsql;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>Claims the business keys of the postings of a batch: an order and a kind are posted once, for good.</summary>
internal sealed class PostingClaims
{
    private readonly List<(PendingUnit Pending, Posting Posting)> _postings = [];
    private readonly SortedDictionary<DateOnly, BulkRows<Posting>> _claims = [];
    private readonly Dictionary<DateOnly, NpgsqlBatchCommand> _claimed = [];

    public IEnumerable<Posting> All => _postings.Select(static claim => claim.Posting);

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _postings.Clear();
        _claimed.Clear();
        foreach (var claims in _claims.Values)
        {
            claims.Clear();
        }

        foreach (var pending in units)
        {
            foreach (var posting in pending.Unit.Postings)
            {
                _postings.Add((pending, posting));
                ClaimsOf(posting.Order.Day).Add(posting);
            }
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var (day, claims) in _claims)
        {
            if (claims.AddTo(batch, Sql.Get("Ledger/posting.claim", day)) is { } claim)
            {
                _claimed.Add(day, claim);
            }
        }
    }

    /// <summary>A business key that is posted already is found here; it happens once in a blue moon.</summary>
    public async Task SettleAsync(NpgsqlConnection connection)
    {
        foreach (var (day, claim) in _claimed)
        {
            if ((int)claim.Rows == _claims[day].Count)
            {
                continue;
            }

            await using var batch = new NpgsqlBatch(connection);
            _claims[day].AddTo(batch, Sql.Get("Ledger/posting.contested", day));
            await using var reader = await batch.ExecuteReaderAsync();
            var ofDay = _postings.FindAll(p => p.Posting.Order.Day == day);
            while (await reader.ReadAsync())
            {
                var (pending, posting) = ofDay[reader.GetInt32(0) - 1];
                pending.Leave(new CommitResult.PostingRefused(
                    new PostingRefusal(posting.Kind, posting.Order, PostingRefusalReason.AlreadyPosted, 0)));
            }
        }
    }

    public void AddReturnsTo(NpgsqlBatch batch)
    {
        foreach (var (day, claims) in _claims)
        {
            claims.Clear();
            foreach (var (pending, posting) in _postings)
            {
                if (!pending.IsIn && posting.Order.Day == day)
                {
                    claims.Add(posting);
                }
            }

            claims.AddTo(batch, Sql.Get("Ledger/posting.give_back", day));
        }
    }

    private BulkRows<Posting> ClaimsOf(DateOnly day)
    {
        if (!_claims.TryGetValue(day, out var claims))
        {
            claims = new BulkRows<Posting>()
                .Bigint(p => p.Order.Value)
                .Text(p => p.Kind.StoredName())
                .Bigint(p => p.Id.Value);
            _claims.Add(day, claims);
        }

        return claims;
    }
}
