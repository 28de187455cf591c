using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The ledger's part of a batch: claims the business keys of its postings, locks the accounts in sorted order,
/// evaluates the postings one after the other in memory, and writes each account once.
/// </summary>
internal sealed class LedgerBatch(int lane)
{
    private readonly List<(PendingUnit Pending, Posting Posting)> _postings = [];
    private readonly SortedDictionary<DateOnly, BulkRows<Posting>> _claims = [];
    private readonly Dictionary<DateOnly, NpgsqlBatchCommand> _claimed = [];
    private readonly SortedSet<long> _accountIds = [];
    private readonly Dictionary<long, AccountState> _accounts = [];
    private readonly List<EntryRow> _entries = [];
    private readonly BulkRows<EntryRow> _entryRows = EntryRows.Table();
    private readonly BulkRows<AccountState> _accountRows = new BulkRows<AccountState>()
        .Bigint(a => a.Id)
        .Bigint(a => a.Balance)
        .Bigint(a => a.Sequence);

    private DateOnly _postingDate;

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _postings.Clear();
        _accountIds.Clear();
        _entries.Clear();
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
                foreach (var leg in posting.Legs)
                {
                    _accountIds.Add(leg.Account.RowFor(lane));
                }
            }
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        if (_postings.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Ledger/ledger.hold_day")));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Ledger/ledger.day")));
        foreach (var (day, claims) in _claims)
        {
            if (claims.AddTo(batch, Sql.Get("Ledger/ledger.claim", day)) is { } claim)
            {
                _claimed.Add(day, claim);
            }
        }

        var locks = new NpgsqlBatchCommand(Sql.Get("Ledger/ledger.lock_accounts"));
        locks.Parameters.Add(new NpgsqlParameter<List<long>> { TypedValue = [.. _accountIds], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        batch.BatchCommands.Add(locks);
    }

    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        if (_postings.Count == 0)
        {
            return;
        }

        await reader.NextResultAsync(); // the day is held
        await reader.NextResultAsync();
        await reader.ReadAsync();
        _postingDate = reader.GetFieldValue<DateOnly>(0);

        _accounts.Clear();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var account = AccountRows.Read(reader);
            _accounts.Add(account.Id, account);
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
            _claims[day].AddTo(batch, Sql.Get("Ledger/ledger.contested", day));
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

    /// <summary>All postings of a unit or none; a unit that is refused leaves.</summary>
    public bool TryApply(PendingUnit pending)
    {
        var entriesBefore = _entries.Count;
        foreach (var posting in pending.Unit.Postings)
        {
            if ((WrongDay(posting) ?? PostingEvaluator.TryApply(posting, lane, _accounts, _entries)) is { } refusal)
            {
                PostingEvaluator.TakeBack(_entries, entriesBefore, _accounts);
                pending.Leave(new CommitResult.PostingRefused(refusal));
                return false;
            }
        }

        return true;
    }

    /// <summary>The day is held from before it was read until the commit, so a posting of this day stays one.</summary>
    private PostingRefusal? WrongDay(Posting posting) => posting.OnlyOn is { } day && day != _postingDate
        ? new PostingRefusal(posting.Kind, posting.Order, PostingRefusalReason.DayTurned, 0)
        : null;

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

            claims.AddTo(batch, Sql.Get("Ledger/ledger.give_back", day));
        }
    }

    public void AddEntriesTo(NpgsqlBatch batch)
    {
        _entryRows.Clear();
        _accountRows.Clear();
        if (_entries.Count == 0)
        {
            return;
        }

        foreach (var entry in _entries)
        {
            _entryRows.Add(entry);
        }

        var insert = _entryRows.AddTo(batch, Sql.Get("Ledger/ledger.insert_entries", _postingDate))!;
        insert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = _postingDate, NpgsqlDbType = NpgsqlDbType.Date });
        foreach (var account in _accounts.Values)
        {
            _accountRows.Add(account);
        }

        _accountRows.AddTo(batch, Sql.Get("Ledger/ledger.update_accounts"));
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
