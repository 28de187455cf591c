using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Ledger;

namespace PaymentEngine.Store.Ledger;

/// <summary>
/// Opens, freezes, closes and changes accounts, each in a transaction that holds all rows of the account against those who
/// post and those who buffer, with its buffer applied.
/// </summary>
public sealed class AccountStore(NpgsqlDataSource database)
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

    public Task<AccountChangeResult> FreezeAsync(string number, string reason, string actor, CancellationToken cancellation) =>
        ChangeAsync(number, (rows, connection) => TurnAsync(rows, connection, AccountStatus.Open, AccountStatus.Frozen, "Frozen", reason, actor, cancellation), cancellation);

    public Task<AccountChangeResult> UnfreezeAsync(string number, string reason, string actor, CancellationToken cancellation) =>
        ChangeAsync(number, (rows, connection) => TurnAsync(rows, connection, AccountStatus.Frozen, AccountStatus.Open, "Unfrozen", reason, actor, cancellation), cancellation);

    /// <summary>Only at zero, with nothing promised and nothing buffered; for good.</summary>
    public Task<AccountChangeResult> CloseAsync(string number, string reason, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
        {
            await using var command = new NpgsqlCommand(Sql.Get("Ledger/account.standing"), connection);
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = rows.Ids });
            await using (var standing = await command.ExecuteReaderAsync(cancellation))
            {
                await standing.ReadAsync(cancellation);
                var (moved, balance, frozen) = (standing.GetInt64(0), standing.GetInt64(1), standing.GetInt64(2));
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
                    return AccountChangeResult.SubAccountsNotZero;
                }
            }

            return await TurnAsync(rows, connection, rows.Status == AccountStatus.Frozen ? AccountStatus.Frozen : AccountStatus.Open, AccountStatus.Closed, "Closed", reason, actor, cancellation);
        },
        cancellation);

    /// <param name="creditLineMinor">How far below zero the account may go.</param>
    public Task<AccountChangeResult> SetCreditLineAsync(string number, long creditLineMinor, string reason, string actor, CancellationToken cancellation) => ChangeAsync(
        number,
        async (rows, connection) =>
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
        },
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
            if (mode == AccountMode.Buffered && !agreed && rows.Kind is AccountKind.Merchant or AccountKind.Member)
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

    private async Task<AccountChangeResult> ChangeAsync(
        string number, Func<HeldRows, NpgsqlConnection, Task<AccountChangeResult>> change, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
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

    private static async Task CommitAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        Failpoints.Pass(Failpoint.BeforeAccountChanged);
        await transaction.CommitAsync(cancellation);
        Failpoints.Pass(Failpoint.AfterAccountChanged);
    }

    private static async Task<HeldRows?> HoldAsync(NpgsqlConnection connection, string number, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql.Get("Ledger/account.hold"), connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        var ids = new List<long>();
        HeldRows? held = null;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetInt64(0));
            // The account's own row has the lowest id: sub-accounts come after it.
            held ??= new HeldRows(
                [], AccountRows.Status(rows, 1), rows.GetString(4), rows.GetInt64(5), rows.GetBoolean(6), Enum.Parse<AccountKind>(rows.GetString(7)));
        }

        return held is null ? null : held with { Ids = [.. ids] };
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

    /// <summary>The account as a whole is at zero; what its sub-accounts owe each other is not settled.</summary>
    SubAccountsNotZero,

    /// <summary>More than that is in use.</summary>
    CreditInUse,

    /// <summary>Whose money it is has not agreed to its being buffered.</summary>
    NotAgreed,
}
