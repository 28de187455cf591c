using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Accounts by their numbers, kept in memory. What never changes (id, currency, owner) may be relied on; the rest (where
/// credits go, which sub-accounts there are) is a hint that is seconds old.
/// </summary>
public sealed class AccountBook(NpgsqlDataSource database)
{
    private const int MostKnown = 100_000;

    /// <summary>Changes are numbered in another order than they are committed in: the last so many are looked at again.</summary>
    private const long ChangesLookedAtAgain = 10_000;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, Account> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _late = new(StringComparer.Ordinal);
    private long? _lastChange;
    private long _refreshed = Stopwatch.GetTimestamp();
    private int _refreshing;

    public async ValueTask<Account?> FindAsync(string number, CancellationToken cancellation)
    {
        RefreshIfOld();
        if (_known.TryGetValue(number, out var known))
        {
            return known;
        }

        await LoadAsync([number], cancellation);
        return _known.GetValueOrDefault(number);
    }

    /// <summary>Asks the database, for whoever was refused by what may have been an old hint.</summary>
    public Task RefreshAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation) => LoadAsync([.. numbers], cancellation);

    private void RefreshIfOld()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _refreshed)) > Freshness && Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (_known.Count > MostKnown)
            {
                _known.Clear();
            }

            await LearnChangesAsync();
        }
        catch (NpgsqlException)
        {
            // What is known stays; it is asked for again in a moment.
        }
        finally
        {
            Volatile.Write(ref _refreshed, Stopwatch.GetTimestamp());
            Volatile.Write(ref _refreshing, 0);
        }
    }

    /// <summary>Few accounts ever change; the first time it is not known since when, and all are asked for.</summary>
    internal async Task LearnChangesAsync()
    {
        await using var last = database.CreateCommand(Sql.Get("Ledger/account.last_change"));
        var lastChange = (long)(await last.ExecuteScalarAsync())!;
        await LoadAsync([.. _lastChange is { } seen ? await ChangedAsync(seen) : _known.Keys], CancellationToken.None);
        _lastChange = lastChange;
    }

    /// <summary>Also those whose buffers are late, and those that were known to be.</summary>
    private async Task<IEnumerable<string>> ChangedAsync(long seen)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/account.changed_since"));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seen - ChangesLookedAtAgain });
        var changed = new HashSet<string>(_late.Keys, StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            changed.Add(rows.GetString(0));
        }

        return changed;
    }

    private async Task LoadAsync(string[] numbers, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Sql.Get("Ledger/account.by_number"));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = numbers });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            Learn(Read(rows));
        }
    }

    private void Learn(Account account)
    {
        _known[account.Number] = account;
        if (account.BufferIsLate)
        {
            _late[account.Number] = true;
        }
        else
        {
            _late.TryRemove(account.Number, out _);
        }
    }

    private static Account Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        Enum.Parse<AccountKind>(row.GetString(2)),
        row.GetInt32(3),
        Currency.Parse(row.GetString(4)),
        row.GetFieldValue<long[]>(5))
    {
        Mode = Enum.Parse<AccountMode>(row.GetString(6)),
        BufferIsLate = row.GetBoolean(7),
        CustomerId = row.GetNullableLong(8),
    };
}
