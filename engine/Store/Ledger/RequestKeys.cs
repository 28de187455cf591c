using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Claims the keys of a batch, and what its reversals take back. Who comes second is told what the first did.
/// </summary>
internal sealed class RequestKeys
{
    private readonly List<PendingPosting> _claimants = [];
    private readonly List<PendingPosting> _reversers = [];

    private readonly BulkRows<KeyedPosting> _claims = new BulkRows<KeyedPosting>()
        .Text(p => p.Key)
        .Bytes(p => p.BodyHash)
        .Bigint(p => p.Posting.Id.Value)
        .Text(p => p.Posting.Kind.StoredName())
        .Text(p => p.Narrative)
        .Text(p => p.MadeBy);

    private readonly BulkRows<KeyedPosting> _named = new BulkRows<KeyedPosting>()
        .Text(p => p.Key)
        .Bytes(p => p.BodyHash)
        .Bigint(p => p.Posting.Id.Value);

    private readonly BulkRows<KeyedPosting> _reversals = new BulkRows<KeyedPosting>()
        .Bigint(p => p.Posting.Reverses.Value)
        .Bigint(p => p.Posting.Id.Value);

    private NpgsqlBatchCommand? _claim;
    private NpgsqlBatchCommand? _reversal;

    public void Load(IReadOnlyList<PendingPosting> postings)
    {
        _claimants.Clear();
        _reversers.Clear();
        _claims.Clear();
        _reversals.Clear();
        _claimants.AddRange(postings);
        _claimants.Sort(static (left, right) => string.CompareOrdinal(left.Asked.Key, right.Asked.Key));
        foreach (var pending in _claimants)
        {
            _claims.Add(pending.Asked);
            if (!pending.Posting.Reverses.IsNone)
            {
                _reversers.Add(pending);
            }
        }

        _reversers.Sort(static (left, right) => left.Posting.Reverses.CompareTo(right.Posting.Reverses));
        foreach (var pending in _reversers)
        {
            _reversals.Add(pending.Asked);
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        _claim = _claims.AddTo(batch, Sql.Get("Ledger/ledger_request.claim"));
        _reversal = _reversals.AddTo(batch, Sql.Get("Ledger/ledger_request.claim_reversal"));
    }

    public async Task SettleAsync(NpgsqlConnection connection)
    {
        if (_claim is not null && (int)_claim.Rows < _claimants.Count)
        {
            await SettleKeysAsync(connection);
        }

        if (_reversal is not null && (int)_reversal.Rows < _reversers.Count)
        {
            await SettleReversalsAsync(connection);
        }
    }

    /// <summary>What left gives back what it was granted, and nothing that somebody else was.</summary>
    public void AddReturnsTo(NpgsqlBatch batch)
    {
        _named.Clear();
        _reversals.Clear();
        foreach (var pending in _claimants)
        {
            if (!pending.IsIn)
            {
                _named.Add(pending.Asked);
                if (!pending.Posting.Reverses.IsNone)
                {
                    _reversals.Add(pending.Asked);
                }
            }
        }

        _named.AddTo(batch, Sql.Get("Ledger/ledger_request.give_back"));
        _reversals.AddTo(batch, Sql.Get("Ledger/ledger_request.give_back_reversal"));
    }

    private async Task SettleKeysAsync(NpgsqlConnection connection)
    {
        _named.Clear();
        foreach (var pending in _claimants)
        {
            _named.Add(pending.Asked);
        }

        await using var batch = new NpgsqlBatch(connection);
        _named.AddTo(batch, Sql.Get("Ledger/ledger_request.contested"));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var first = new OrderId(reader.GetInt64(1));
            _claimants[reader.GetInt32(0) - 1].Leave(reader.GetBoolean(2)
                ? new LedgerResult.Posted(first, reader.GetFieldValue<DateOnly>(3), IsRepeat: true)
                : new LedgerResult.KeyConflict(first));
        }
    }

    private async Task SettleReversalsAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        _reversals.AddTo(batch, Sql.Get("Ledger/ledger_request.contested_reversal"));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _reversers[reader.GetInt32(0) - 1].Leave(new LedgerResult.Refused(
                PostingRefusalReason.AlreadyReversed, Account: null, $"posting {LedgerNumber.OfPosting(new OrderId(reader.GetInt64(1)))} takes it back already"));
        }
    }
}
