using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// What accounts are and on which subjects they hang. Neither ever changes, so each account is asked for once, and not
/// with each of its legs. For one portion at a time.
/// </summary>
internal sealed class AccountSubjects
{
    private const int MostKnown = 200_000;

    private readonly Dictionary<long, (string Kind, string Subject)> _known = [];

    public (string Kind, string Subject) Of(long account) => _known[account];

    public async Task LearnAsync(IEnumerable<long> accounts, NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        var unknown = accounts.Where(account => !_known.ContainsKey(account)).ToHashSet();
        if (unknown.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Sql.Get("GeneralLedger/voucher.accounts"), connection) { Parameters = { new() { Value = unknown.ToArray() } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            _known[rows.GetInt64(0)] = (rows.GetString(1), rows.GetString(2));
        }
    }
}
