using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>The ledger as a book-keeper would keep it: one posting after the other, by statements that share nothing with the engine's.</summary>
internal sealed class PlainLedger(TestDatabase database, NumberSource numbers) : ILedgerDesk
{
    public async Task<LedgerResult> PostAsync(LedgerRequest request, CancellationToken cancellation)
    {
        var id = await numbers.TakeIdAsync(TestDatabase.Morning);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', request.Legs)));
        await using var connection = await database.Sql.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(4711)");
        var day = (DateOnly)(await ScalarAsync(connection, "select day from ledger_day"))!;
        if (await ExecuteAsync(
                connection,
                "insert into ledger_request (key, body_hash, posting_id, kind, posting_date, narrative, made_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                request.Key, hash, id.Value, request.Kind.ToString(), day, (object?)request.Narrative ?? DBNull.Value, request.MadeBy) == 0)
        {
            var first = new OrderId((long)(await ScalarAsync(connection, "select posting_id from ledger_request where key = $1", request.Key))!);
            var isSame = (bool)(await ScalarAsync(connection, "select body_hash = $2 from ledger_request where key = $1", request.Key, hash))!;
            return isSame ? new LedgerResult.Posted(first, day, IsRepeat: true) : new LedgerResult.KeyConflict(first);
        }

        var rows = new Dictionary<string, (long Id, long Balance, long Sequence)>();
        var entries = new List<(long Account, long Sequence, long Amount, long Opening, string Currency, long Order)>();
        foreach (var leg in request.Legs)
        {
            if (!rows.TryGetValue(leg.Account, out var row))
            {
                await using var look = Command(connection, "select id, balance, sequence, status from account where number = $1 for update", leg.Account);
                await using var found = await look.ExecuteReaderAsync(cancellation);
                if (!await found.ReadAsync(cancellation))
                {
                    return new LedgerResult.Refused(PostingRefusalReason.AccountUnknown, leg.Account, $"there is no account {leg.Account}");
                }

                if (found.GetString(3) != "Open")
                {
                    return new LedgerResult.Refused(PostingRefusalReason.AccountFrozen, leg.Account, $"account {leg.Account} is {found.GetString(3)}");
                }

                row = (found.GetInt64(0), found.GetInt64(1), found.GetInt64(2));
            }

            entries.Add((row.Id, row.Sequence + 1, leg.Amount.Minor, row.Balance, leg.Amount.Currency.Code, leg.Item.IsNone ? id.Value : leg.Item.Value));
            rows[leg.Account] = (row.Id, row.Balance + leg.Amount.Minor, row.Sequence + 1);
        }

        if (entries.Sum(entry => entry.Amount) != 0)
        {
            return new LedgerResult.Refused(PostingRefusalReason.Unbalanced, null, "the legs do not add up");
        }

        try
        {
            foreach (var (number, row) in rows)
            {
                await ExecuteAsync(connection, "update account set balance = $2, sequence = $3 where number = $1", number, row.Balance, row.Sequence);
            }
        }
        catch (PostgresException short_) when (short_.SqlState == PostgresErrorCodes.CheckViolation)
        {
            return new LedgerResult.Refused(PostingRefusalReason.Overdraft, null, "there is not enough");
        }

        await ExecuteAsync(
            connection,
            """
            insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date, order_id, kind, tx)
            select u.account, u.sequence, $1, (row_number() over ()) - 1, u.amount, u.opening, u.opening + u.amount, u.currency, $2, u.item, $3, 1
            from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[]) as u (account, sequence, amount, opening, currency, item)
            """,
            id.Value, day, request.Kind.ToString(),
            entries.Select(entry => entry.Account).ToArray(), entries.Select(entry => entry.Sequence).ToArray(), entries.Select(entry => entry.Amount).ToArray(),
            entries.Select(entry => entry.Opening).ToArray(), entries.Select(entry => entry.Currency).ToArray(), entries.Select(entry => entry.Order).ToArray());
        if (!request.Reverses.IsNone)
        {
            await ExecuteAsync(connection, "insert into ledger_reversal values ($1, $2)", request.Reverses.Value, id.Value);
        }

        await transaction.CommitAsync(cancellation);
        return new LedgerResult.Posted(id, day, IsRepeat: false);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        return !await reader.ReadAsync() ? null : reader.GetDataTypeName(0) == "date" ? reader.GetFieldValue<DateOnly>(0) : reader.GetValue(0);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
