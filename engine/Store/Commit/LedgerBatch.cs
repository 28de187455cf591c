using Npgsql;
using NpgsqlTypes;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// The ledger's part of a batch: locks what its postings need (customers, accounts, holds, each in sorted order), lets
/// them be evaluated one after the other in memory, and writes each row once.
/// </summary>
internal sealed class LedgerBatch(int lane)
{
    private readonly SortedSet<long> _locked = [];
    private readonly SortedSet<long> _watched = [];
    private readonly SortedSet<long> _customers = [];
    private readonly SortedSet<long> _holds = [];

    private readonly BulkRows<EntryRow> _entryRows = EntryRows.Table();
    private readonly BulkRows<EntryRow> _pendingRows = EntryRows.Buffered();
    private readonly BulkRows<HoldState> _newHolds = HoldRows.New();
    private readonly BulkRows<HoldState> _changedHolds = HoldRows.Changed();
    private readonly BulkRows<HoldMove> _moves = HoldRows.Moves();

    private readonly BulkRows<AccountState> _accountRows = new BulkRows<AccountState>()
        .Bigint(a => a.Id)
        .Bigint(a => a.Balance)
        .Bigint(a => a.Frozen)
        .Bigint(a => a.Sequence);

    private readonly BulkRows<CustomerState> _customerRows = new BulkRows<CustomerState>()
        .Bigint(c => c.Id)
        .Bigint(c => c.UsedLife)
        .Bigint(c => c.UsedYear)
        .Integer(c => c.UseYear);

    private bool _isEmpty;

    /// <summary>What is held, and what has been done to it.</summary>
    public LedgerBook Book { get; } = new(lane);

    public void Load(IEnumerable<Posting> postings)
    {
        Book.Clear();
        _locked.Clear();
        _watched.Clear();
        _customers.Clear();
        _holds.Clear();
        _isEmpty = true;
        foreach (var posting in postings)
        {
            _isEmpty = false;
            foreach (var leg in posting.Legs)
            {
                Load(LegPlace.Of(leg.Account, leg.Amount.Minor, lane));
            }

            foreach (var change in posting.Holds)
            {
                Load(new LegPlace(change.Account.Id, MayBuffer: false, change.Account.IsOfCustomer ? change.Account.SubAccounts : null));
                if (change.Kind != HoldChangeKind.Placed)
                {
                    _holds.Add(change.Hold.Value);
                }
            }

            if (posting.Use != CustomerUse.None)
            {
                foreach (var (customer, _) in CustomerUses.Of(posting))
                {
                    _customers.Add(customer);
                }
            }
        }

        // Who is locked anyway is credited on the row.
        _watched.ExceptWith(_locked);
    }

    /// <summary>The day is held before anything is claimed of it, and read when it cannot turn any more.</summary>
    public void AddDayTo(NpgsqlBatch batch)
    {
        if (!_isEmpty)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Ledger/ledger.hold_day")));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Get("Ledger/ledger.day")));
        }
    }

    public void AddLocksTo(NpgsqlBatch batch)
    {
        if (_isEmpty)
        {
            return;
        }

        Add(batch, Book.PassesBusy ? "Ledger/ledger.lock_free_customers" : "Ledger/ledger.lock_customers", _customers);
        if (_locked.Count > 0)
        {
            Add(batch, "Ledger/ledger.lock_accounts", _locked).Parameters.Add(new NpgsqlParameter<bool> { TypedValue = Book.PassesBusy });
        }

        Add(batch, Book.PassesBusy ? "Ledger/ledger.watch_free_accounts" : "Ledger/ledger.watch_accounts", _watched);
        Add(batch, Book.PassesBusy ? "Ledger/ledger.lock_free_holds" : "Ledger/ledger.lock_holds", _holds);
    }

    public async Task ReadAsync(NpgsqlDataReader reader)
    {
        if (_isEmpty)
        {
            return;
        }

        await reader.NextResultAsync(); // the day is held
        await reader.NextResultAsync();
        await reader.ReadAsync();
        (Book.Day, Book.Now) = (reader.GetFieldValue<DateOnly>(0), reader.GetMoment(1));
        await ReadAsync(reader, _customers, row => Book.Add(AccountRows.ReadCustomer(row)));
        await ReadAsync(reader, _locked, row => Book.Add(AccountRows.Read(row)));
        await ReadAsync(reader, _watched, row => Book.Watch(row.GetInt64(0), AccountRows.Status(row, 1)));
        await ReadAsync(reader, _holds, row => Book.Add(HoldRows.Read(row)));
    }

    public void AddWritesTo(NpgsqlBatch batch, long transactionId)
    {
        AddBuffered(batch, transactionId);
        AddEntries(batch, transactionId);
        AddRows(batch);
        AddHolds(batch);
    }

    private void Load(in LegPlace place)
    {
        if (place.MayBuffer)
        {
            _watched.Add(place.Row);
            return;
        }

        _locked.Add(place.Row);
        foreach (var shard in place.SweepsFrom ?? [])
        {
            _locked.Add(shard);
        }
    }

    /// <summary>Before the entries: what balances a posting looks here for the legs that it misses.</summary>
    private void AddBuffered(NpgsqlBatch batch, long transactionId)
    {
        _pendingRows.Clear();
        foreach (var entry in Book.Pending)
        {
            _pendingRows.Add(entry);
        }

        AddDayAndTransaction(_pendingRows.AddTo(batch, Sql.Get("Ledger/ledger.insert_pending")), transactionId);
    }

    private void AddEntries(NpgsqlBatch batch, long transactionId)
    {
        _entryRows.Clear();
        foreach (var entry in Book.Entries)
        {
            _entryRows.Add(entry);
        }

        AddDayAndTransaction(_entryRows.AddTo(batch, Sql.Get("Ledger/ledger.insert_entries", Book.Day)), transactionId);
    }

    private void AddRows(NpgsqlBatch batch)
    {
        _accountRows.Clear();
        _customerRows.Clear();
        if (Book.Entries.Count > 0 || Book.Moves.Count > 0)
        {
            foreach (var account in Book.Accounts.Values)
            {
                _accountRows.Add(account);
            }
        }

        foreach (var customer in Book.Customers.Values)
        {
            _customerRows.Add(customer);
        }

        _accountRows.AddTo(batch, Sql.Get("Ledger/ledger.update_accounts"));
        _customerRows.AddTo(batch, Sql.Get("Ledger/ledger.update_customers"));
    }

    private void AddHolds(NpgsqlBatch batch)
    {
        _newHolds.Clear();
        _changedHolds.Clear();
        _moves.Clear();
        foreach (var hold in Book.Holds.Values)
        {
            (hold.IsNew ? _newHolds : _changedHolds).Add(hold);
        }

        foreach (var move in Book.Moves)
        {
            _moves.Add(move);
        }

        _newHolds.AddTo(batch, Sql.Get("Ledger/hold.insert"));
        _changedHolds.AddTo(batch, Sql.Get("Ledger/hold.update"));
        _moves.AddTo(batch, Sql.Get("Ledger/hold.insert_changes"));
    }

    private void AddDayAndTransaction(NpgsqlBatchCommand? insert, long transactionId)
    {
        if (insert is not null)
        {
            insert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = Book.Day, NpgsqlDbType = NpgsqlDbType.Date });
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = transactionId });
        }
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string statement, SortedSet<long> ids)
    {
        var command = new NpgsqlBatchCommand(Sql.Get(statement));
        if (ids.Count > 0)
        {
            command.Parameters.Add(new NpgsqlParameter<List<long>> { TypedValue = [.. ids], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            batch.BatchCommands.Add(command);
        }

        return command;
    }

    private static async Task ReadAsync(NpgsqlDataReader reader, SortedSet<long> asked, Action<NpgsqlDataReader> read)
    {
        if (asked.Count == 0)
        {
            return;
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            read(reader);
        }
    }
}
