using Npgsql;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>
/// What accounts are, on which subjects they hang, and whose rows they are. None of it ever changes, so each account is asked for once, and not
/// with each of its legs. For one portion at a time.
/// </summary>
internal sealed class AccountSubjects
{
    private const int MostKnown = 200_000;

    private readonly Dictionary<long, (string Kind, string Subject, long Account)> _known = [];

    /// <param name="row">An account, or one of its sub-accounts.</param>
    public (string Kind, string Subject, long Account) Of(long row) => _known[row];

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
            _known[rows.GetInt64(0)] = (rows.GetString(1), rows.GetString(2), rows.GetInt64(3));
        }
    }
}
