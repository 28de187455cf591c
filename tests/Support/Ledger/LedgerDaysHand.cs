using Npgsql;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>Lets the days of the ledger go by faster than clocks do.</summary>
public static class LedgerDaysHand
{
    /// <summary>The statement by which an engine turns it, with the next day's tables.</summary>
    public static async Task TurnAsync(TestDatabase database)
    {
        var next = (await database.ScalarAsync<DateOnly>("select day from ledger_day")).AddDays(1);
        await database.ExecuteAsync("select ensure_order_day($1), ensure_entry_day($1)", next);
        await database.ExecuteAsync("with held as (select pg_advisory_xact_lock(hashtext('ledger_day'))) update ledger_day set day = $1 from held where day < $1", next);
    }

    /// <summary>Unless the one before is still to be closed, or the database is away.</summary>
    public static async Task TurnAfterTheLastIsClosedAsync(TestDatabase database)
    {
        try
        {
            if (await database.ScalarAsync<bool>(
                "select coalesce((select max(day) + 1 from ledger_day_close), (select min(posting_date) from entry)) >= (select day from ledger_day)"))
            {
                await TurnAsync(database);
            }
        }
        catch (NpgsqlException)
        {
            // Another time.
            database.Sql.Clear();
        }
    }

    /// <summary>A person closes what is over, oldest first; returns what stands against it, and null when all is closed.</summary>
    public static async Task<string?> CloseAsync(LedgerClerks clerks)
    {
        var days = (await clerks.ReadAsync("days?limit=100")).Json["days"]!.AsArray();
        foreach (var day in days.Reverse().Where(day => (string)day!["state"]! is "over" or "refused"))
        {
            var closed = await clerks.DecideAsync($"days/{day!["day"]}/close", "{}");
            // The engine may have been quicker.
            if (closed.Status != 200 && closed.Code != "day_not_its_turn")
            {
                return closed.ToString();
            }
        }

        return null;
    }
}
