using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Ledger;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Opens, freezes, closes and changes accounts, each in a transaction that holds all rows of the account against those who
/// post and those who buffer, with its buffer applied.
/// </summary>
public sealed class AccountStore(NpgsqlDataSource database, NumberSource numbers, TimeProvider clock)
{
    /// <summary>False when there is an account with this number, or of this owner, kind and currency.</summary>
    public async Task<bool> OpenAsync(NewAccount account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var owner = account.OwnerId ?? (int)(await ScalarAsync(connection, "Ledger/account.next_member_owner", cancellation))!;
        var opened = await ScalarAsync(
            connection,
            "Ledger/account.open",
            cancellation,
            account.Number,
            account.Kind.ToString(),
            owner,
            account.Currency.Code,
            account.Floor,
            account.Shards,
            (object?)account.CustomerId ?? DBNull.Value,
            account.Mode.ToString(),
            account.BufferAgreed,
            account.OpenedBy);
        await CommitAsync(transaction, cancellation);
        return opened is long;
    }

    /// <summary>Frozen again it is frozen for this reason too: whoever wanted to lift the freeze before had not seen it.</summary>
    public Task<AccountChangeResult> FreezeAsync(string number, string reason, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            if (rows.Status != AccountStatus.Frozen)
            {
                return await TurnAsync(rows, connection, AccountStatus.Open, AccountStatus.Frozen, "Frozen", reason, actor, cancellation);
            }

            // An earlier version may have left sub-accounts open.
            await ExecuteAsync(connection, "Ledger/account.set_status", cancellation, rows.Ids, nameof(AccountStatus.Frozen));
            await NoteAsync(connection, rows.Ids[0], "Frozen", nameof(AccountStatus.Frozen), nameof(AccountStatus.Frozen), reason, actor, cancellation);
            return AccountChangeResult.Done;
        },
        cancellation);

    public Task<AccountChangeResult> UnfreezeAsync(Proposal<ChangeContent> approved, PowerChange.Unfreeze change, CancellationToken cancellation) => ApplyAsync(
        approved,
        change.Account,
        (rows, connection) => TurnAsync(
            rows, connection, AccountStatus.Frozen, AccountStatus.Open, "Unfrozen", approved.Content.Reason, approved.People, cancellation),
        cancellation);

    /// <summary>Only at zero, with nothing promised and nothing buffered; for good. What its sub-accounts owe each other is settled.</summary>
    public Task<AccountChangeResult> CloseAsync(string number, string reason, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            if ((bool)(await ScalarAsync(connection, "Ledger/account.is_needed", cancellation, rows.Ids[0]))!)
            {
                return AccountChangeResult.Needed;
            }

            var (moved, balance, frozen) = await StandingAsync(rows, connection, cancellation);
            if (balance != 0)
            {
                return AccountChangeResult.NotZero;
            }

            if (frozen != 0)
            {
                return AccountChangeResult.HasHolds;
            }

            if (moved != 0)
            {
                await GatherAsync(rows, connection, await numbers.TakeIdAsync(clock.GetUtcNow()), $"account-closed:{number}", reason, actor, cancellation);
            }

            return await TurnAsync(rows, connection, rows.Status == AccountStatus.Frozen ? AccountStatus.Frozen : AccountStatus.Open, AccountStatus.Closed, "Closed", reason, actor, cancellation);
        },
        cancellation,
        holdsDay: true);

    /// <param name="creditLineMinor">How far below zero the account may go; no further than it may now.</param>
    public Task<AccountChangeResult> LowerCreditLineAsync(string number, long creditLineMinor, string reason, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            if (!rows.Kind.IsOfCustomer())
            {
                return AccountChangeResult.NotOfCustomer;
            }

            if (creditLineMinor > -rows.Floor)
            {
                return AccountChangeResult.SecondPersonNeeded;
            }

            var result = await SetFloorAsync(rows, connection, creditLineMinor, reason, actor, cancellation);
            if (result == AccountChangeResult.CreditInUse)
            {
                // Debits use the line before they look at the sub-accounts: what lies there may be enough.
                var posting = await numbers.TakeIdAsync(clock.GetUtcNow());
                await GatherAsync(rows, connection, posting, $"credit-line:{LedgerNumber.OfPosting(posting)}", reason, actor, cancellation);
                result = await SetFloorAsync(rows, connection, creditLineMinor, reason, actor, cancellation);
            }

            return result;
        },
        cancellation,
        holdsDay: true);

    public Task<AccountChangeResult> EnlargeCreditLineAsync(Proposal<ChangeContent> approved, PowerChange.CreditLine change, CancellationToken cancellation) => ApplyAsync(
        approved,
        change.Account,
        (rows, connection) => SetFloorAsync(rows, connection, change.To.Minor, approved.Content.Reason, approved.People, cancellation),
        cancellation);

    /// <summary>Where credits go from now on. What is buffered was applied; sub-accounts stay, and are looked at by debits.</summary>
    public Task<AccountChangeResult> SetModeAsync(
        string number, AccountMode mode, int shards, bool bufferAgreed, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            if (rows.Status == AccountStatus.Closed)
            {
                return AccountChangeResult.WrongStatus;
            }

            var agreed = bufferAgreed || rows.BufferAgreed;
            if (mode == AccountMode.Buffered && !agreed && rows.Kind.IsOfCustomer())
            {
                return AccountChangeResult.NotAgreed;
            }

            if (mode == AccountMode.Sharded)
            {
                await ScalarAsync(connection, "Ledger/account.add_shards", cancellation, rows.Ids[0], shards);
            }

            await ExecuteAsync(connection, "Ledger/account.set_mode", cancellation, rows.Ids[0], mode.ToString(), agreed);
            await NoteAsync(connection, rows.Ids[0], "Mode", rows.Mode, mode.ToString(), null, actor, cancellation);
            return AccountChangeResult.Done;
        },
        cancellation);

    /// <summary>What a second person has agreed to, if nothing of it has changed since it was asked for; done and marked as done in one commit.</summary>
    private Task<AccountChangeResult> ApplyAsync(
        Proposal<ChangeContent> approved, string number, Func<HeldRows, NpgsqlConnection, Task<AccountChangeResult>> apply, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            var what = approved.Content.Change is PowerChange.Unfreeze ? "Frozen" : "CreditLine";
            if ((long)(await ScalarAsync(connection, "Ledger/account.last_of_kind", cancellation, number, what))! != approved.Content.Seen)
            {
                return AccountChangeResult.ChangedMeanwhile;
            }

            if (await ExecuteAsync(connection, "Proposals/change_request.apply", cancellation, approved.Id.Value) == 0)
            {
                return AccountChangeResult.AlreadySo;
            }

            // What is so already was made so by another request than this one.
            var result = await apply(rows, connection);
            return result == AccountChangeResult.AlreadySo ? AccountChangeResult.ChangedMeanwhile : result;
        },
        cancellation);

    private static async Task<AccountChangeResult> SetFloorAsync(
        HeldRows rows, NpgsqlConnection connection, long creditLineMinor, string reason, string actor, CancellationToken cancellation)
    {
        if (rows.Status == AccountStatus.Closed)
        {
            return AccountChangeResult.WrongStatus;
        }

        if (await ExecuteAsync(connection, "Ledger/account.set_floor", cancellation, rows.Ids[0], -creditLineMinor) == 0)
        {
            return AccountChangeResult.CreditInUse;
        }

        await NoteAsync(connection, rows.Ids[0], "CreditLine", $"{-rows.Floor}", $"{creditLineMinor}", reason, actor, cancellation);
        return AccountChangeResult.Done;
    }

    /// <param name="number">Of the account.</param>
    /// <param name="change">Does it, while the rows are held.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="holdsDay">It may post: as for everybody who does, the day comes before the rows.</param>
    private async Task<AccountChangeResult> ChangeAsync(
        string number, Func<HeldRows, NpgsqlConnection, Task<AccountChangeResult>> change, CancellationToken cancellation, bool holdsDay = false)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (holdsDay)
        {
            await ExecuteAsync(connection, "Ledger/ledger.hold_day", cancellation);
        }

        if (await HoldAsync(connection, number, cancellation) is not { } rows)
        {
            return AccountChangeResult.Unknown;
        }

        await ScalarAsync(connection, "Ledger/account.apply_buffer", cancellation, rows.Ids);
        var result = await change(rows, connection);
        if (result == AccountChangeResult.Done)
        {
            await CommitAsync(transaction, cancellation);
        }

        return result;
    }

    private static async Task<(long Moved, long Balance, long Frozen)> StandingAsync(HeldRows rows, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = CommandOf(connection, "Ledger/account.standing", [rows.Ids]);
        await using var standing = await command.ExecuteReaderAsync(cancellation);
        await standing.ReadAsync(cancellation);
        return (standing.GetInt64(0), standing.GetInt64(1), standing.GetInt64(2));
    }

    /// <summary>One posting that leaves each sub-account at zero.</summary>
    private static async Task GatherAsync(
        HeldRows rows, NpgsqlConnection connection, OrderId posting, string key, string reason, string actor, CancellationToken cancellation)
    {
        var day = (DateOnly)(await ScalarAsync(connection, "Ledger/ledger.day", cancellation))!;
        string[] keys = [key], kinds = [nameof(PostingKind.Transfer)], reasons = [reason], actors = [actor];
        await ExecuteAsync(
            connection, "Ledger/ledger_request.claim", cancellation, keys, (byte[][])[SHA256.HashData(Encoding.UTF8.GetBytes(key))], (long[])[posting.Value], kinds, reasons, actors);
        await using var gather = new NpgsqlCommand(Sql.Get("Ledger/account.gather", day), connection);
        await gather.With(rows.Ids[0]).With(posting.Value).With(day).ExecuteNonQueryAsync(cancellation);
    }

    private static async Task CommitAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeAccountChanged);
        await transaction.CommitAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterAccountChanged);
    }

    private static async Task<HeldRows?> HoldAsync(NpgsqlConnection connection, string number, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Sql.Get("Ledger/account.hold")) { Parameters = { new NpgsqlParameter<string> { TypedValue = number } } },
                new NpgsqlBatchCommand(Sql.Get("Ledger/account.hold_shards")) { Parameters = { new NpgsqlParameter<string> { TypedValue = number } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        if (!await rows.ReadAsync(cancellation))
        {
            return null;
        }

        var ids = new List<long> { rows.GetInt64(0) };
        var held = new HeldRows(
            [], AccountRows.Status(rows, 1), rows.GetString(2), rows.GetInt64(3), rows.GetBoolean(4), Enum.Parse<AccountKind>(rows.GetString(5)));
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetInt64(0));
        }

        return held with { Ids = [.. ids] };
    }

    private static async Task<AccountChangeResult> TurnAsync(
        HeldRows rows, NpgsqlConnection connection, AccountStatus from, AccountStatus to, string what, string reason, string actor, CancellationToken cancellation)
    {
        if (rows.Status != from)
        {
            return rows.Status == to ? AccountChangeResult.AlreadySo : AccountChangeResult.WrongStatus;
        }

        await ExecuteAsync(connection, "Ledger/account.set_status", cancellation, rows.Ids, to.ToString());
        await NoteAsync(connection, rows.Ids[0], what, from.ToString(), to.ToString(), reason, actor, cancellation);
        return AccountChangeResult.Done;
    }

    private static Task<int> NoteAsync(
        NpgsqlConnection connection, long account, string what, string? from, string? to, string? reason, string actor, CancellationToken cancellation) =>
        ExecuteAsync(
            connection,
            "Ledger/account.note",
            cancellation,
            account,
            what,
            (object?)from ?? DBNull.Value,
            (object?)to ?? DBNull.Value,
            (object?)reason ?? DBNull.Value,
            actor);

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation, params object[] values)
    {
        await using var command = CommandOf(connection, statement, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation, params object[] values)
    {
        await using var command = CommandOf(connection, statement, values);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, string statement, object[] values)
    {
        var command = new NpgsqlCommand(Sql.Get(statement), connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <param name="Ids">The account's own first, then its sub-accounts.</param>
    private sealed record HeldRows(long[] Ids, AccountStatus Status, string Mode, long Floor, bool BufferAgreed, AccountKind Kind);
}

/// <param name="OwnerId">Null for a number of the account's own, as members' accounts have it.</param>
/// <param name="Floor">Zero, or less for one with a credit line.</param>
public sealed record NewAccount(
    string Number,
    AccountKind Kind,
    int? OwnerId,
    Currency Currency,
    long Floor,
    int Shards,
    long? CustomerId,
    AccountMode Mode,
    bool BufferAgreed,
    string OpenedBy);

public enum AccountChangeResult
{
    Done,
    Unknown,

    /// <summary>It is what was asked for already.</summary>
    AlreadySo,
    WrongStatus,
    NotZero,
    HasHolds,

    /// <summary>Payments are posted to it, whoever's they are.</summary>
    Needed,

    /// <summary>More than that is in use.</summary>
    CreditInUse,

    /// <summary>Whose money it is has not agreed to its being buffered.</summary>
    NotAgreed,

    /// <summary>Our own accounts have no credit line: they take what happens, however far below zero.</summary>
    NotOfCustomer,

    /// <summary>It would give more to spend.</summary>
    SecondPersonNeeded,

    /// <summary>Whoever asked for it had not seen the last change.</summary>
    ChangedMeanwhile,
}
