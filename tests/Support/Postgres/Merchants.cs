namespace PaymentEngine.Tests.Support.Postgres;

/// <summary>Merchants beside the demonstration's.</summary>
public static class Merchants
{
    private static int _last = 5000;

    /// <summary>A merchant with an account in CNY; returns its number.</summary>
    public static async Task<string> AddAsync(TestDatabase database, string repeats = "Continue", int feePpm = 6_000)
    {
        var number = $"M{Interlocked.Increment(ref _last)}";
        await database.ExecuteAsync(
            "insert into merchant (number, name, repeats, fee_rate_ppm) values ($1, $1, $2, $3)", number, repeats, feePpm);
        await database.ExecuteAsync(
            """
            select open_account('2241.01.' || m.number || '.CNY', 'Merchant', m.id, 'CNY', 'merchant balance', 0, 0)
            from merchant m where m.number = $1
            """,
            number);
        return number;
    }

    /// <summary>Open, Frozen or Closed.</summary>
    public static async Task SetAccountStatusAsync(TestDatabase database, string number, string status) =>
        await database.ExecuteAsync("update account set status = $2 where number = '2241.01.' || $1 || '.CNY'", number, status);

    public static async Task<long> BalanceAsync(TestDatabase database, string number) =>
        await database.ScalarAsync<long>("select balance from account where number = '2241.01.' || $1 || '.CNY'", number);
}
