using System.Security.Cryptography;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Store.Directory;

/// <summary>One reading of merchants, channels, lines and accounts.</summary>
/// <param name="before">What an unreadable row falls back to; null at a start.</param>
internal sealed class DirectoryReading(
    RowReading rows, EngineDirectory? before, BusinessCalendar calendar, SecretBox secrets, AdapterNames adapters)
{
    /// <summary>Channels that have plans nobody can read: they stay as they were, with the plans that they had.</summary>
    private readonly HashSet<int> _withoutPlans = [];

    public async Task<EngineDirectory> ReadAsync(CancellationToken cancellation)
    {
        var plans = (await rows.AllAsync("Directory/directory.query_plans", ReadPlan, PlanOtherwise, cancellation)).ToLookup(plan => plan.Channel);
        var origins = (await rows.AllAsync("Directory/directory.notify_origins", ReadOrigin, cancellation)).ToLookup(o => o.Merchant, o => o.Origin);
        var merchants = await rows.AllAsync(
            "Directory/directory.merchants",
            row => ReadMerchant(row, origins),
            row => (SecretKeeper.OfMerchant(row.GetString(1)), before?.FindMerchant(row.GetInt32(0))),
            cancellation);
        var connections = await rows.AllAsync(
            "Directory/directory.connections",
            ReadConnection,
            row => (SecretKeeper.OfConnection(row.GetString(1)), before?.FindConnection(row.GetInt32(0))),
            cancellation);
        var channels = await rows.AllAsync(
            "Directory/directory.channels",
            row => ReadChannel(row, plans),
            row => ("channel " + row.GetString(1), before?.Channels.FirstOrDefault(channel => channel.Id == row.GetInt32(0))),
            cancellation);
        var accounts = await rows.AllAsync(
            "Directory/directory.accounts",
            ReadAccount,
            row => ("account " + row.GetString(1), before?.Accounts.FirstOrDefault(account => account.Id == row.GetInt64(0))),
            cancellation);
        var directory = new EngineDirectory(merchants, [.. channels.Select(channel => OffWithoutItsParts(channel, connections))], accounts, connections);
        rows.Faults.AddRange(directory.Channels
            .Where(channel => channel.Enabled && directory.CurrenciesOf(channel.Code).Count == 0)
            .Select(channel => new DirectoryFault(
                $"channel {channel.Code}", "it has no ChannelReceivable account in any currency; nothing is sent to it", KeepsFromStarting: false)));
        return directory;
    }

    /// <summary>What nobody can call is not chosen.</summary>
    private ChannelSettings OffWithoutItsParts(ChannelSettings channel, List<ChannelConnection> connections)
    {
        if (!adapters.Names.Contains(channel.Adapter))
        {
            rows.Faults.Add(new DirectoryFault(
                $"channel {channel.Code}",
                $"adapter: '{channel.Adapter}' is not in this version, which has {string.Join(", ", adapters.Names.Order())}; the channel is off",
                KeepsFromStarting: false));
            return channel with { Enabled = false };
        }

        return connections.Exists(connection => connection.Id == channel.ConnectionId) ? channel : channel with { Enabled = false };
    }

    private static (int Merchant, NotifyOrigin Origin) ReadOrigin(NpgsqlDataReader row) => (
        row.GetInt32(0),
        new NotifyOrigin(row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetBoolean(4)));

    private Merchant ReadMerchant(NpgsqlDataReader row, ILookup<int, NotifyOrigin> origins) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetString(2),
        RowReading.Name<RepeatMode>(row, 3),
        new FeeRule(
            row.GetInt32(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : row.GetInt64(6),
            row.IsDBNull(7) ? null : row.GetInt64(7)),
        row.GetBoolean(8))
    {
        NotifyOrigins = [.. origins[row.GetInt32(0)]],
        ReturnsFee = row.GetBoolean(10),
        WebhookSecret = SecretOf(row),
    };

    /// <summary>Null for seconds, until it is sealed; and for as long as nobody can open it: then its notifications wait.</summary>
    private WebhookSecret? SecretOf(NpgsqlDataReader row)
    {
        try
        {
            return row.IsDBNull(9) ? null : SecretKeeper.Open(secrets, row.GetFieldValue<byte[]>(9), row.GetString(1));
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            rows.Faults.Add(new DirectoryFault(
                SecretKeeper.OfMerchant(row.GetString(1)), $"webhook_secret_sealed: {unreadable.Message}", KeepsFromStarting: !secrets.HasKey));
            return before?.FindMerchant(row.GetInt32(0))?.WebhookSecret;
        }
    }

    private ChannelSettings ReadChannel(NpgsqlDataReader row, ILookup<int, PlanRow> plans) => new()
    {
        Id = row.GetInt32(0),
        Code = row.GetString(1),
        Name = row.GetString(2),
        Adapter = row.GetString(3),
        Methods = RowReading.Column(row, 4, (row, column) => row.GetFieldValue<string[]>(column).Select(PaymentNames.ParseMethod).ToArray()),
        Priority = row.GetInt32(5),
        Numbers = ReadNumbers(row),
        Idempotent = row.GetBoolean(11),
        SendWindow = RowReading.Interval(row, 12),
        ResendSafetyDelay = RowReading.Interval(row, 13),
        MaximumSends = row.GetInt32(14),
        Queries = _withoutPlans.Contains(row.GetInt32(0))
            ? throw new FormatException("its rows in query_plan")
            : new QueryPlans(plans[row.GetInt32(0)].Select(plan => (plan.Method, plan.Kind, plan.Plan))),
        Enabled = row.GetBoolean(15),
        MaximumReroutes = row.GetInt32(16),
        ConnectionId = row.GetInt32(17),
        Application = row.GetString(18),
    };

    private static NumberRule ReadNumbers(NpgsqlDataReader row)
    {
        var (prefix, length) = (row.GetString(6), row.GetInt32(9));
        var (date, alphabet) = (RowReading.Name<DateStyle>(row, 7), RowReading.Name<NumberAlphabet>(row, 8));
        return NumberRule.Refusal(prefix, date, alphabet, length) is { } refusal
            ? throw new FormatException($"number_prefix, number_length: {refusal}")
            : new NumberRule(prefix, date, alphabet, length, row.GetBoolean(10));
    }

    private ChannelConnection ReadConnection(NpgsqlDataReader row)
    {
        var name = row.GetString(1);
        return new ChannelConnection(
            row.GetInt32(0),
            name,
            row.IsDBNull(2) ? null : RowReading.Column(row, 2, static (row, column) => new Uri(row.GetString(column))),
            row.IsDBNull(3)
                ? default(ReadOnlyMemory<byte>)
                : RowReading.Column(row, 3, (row, column) => secrets.Open(row.GetFieldValue<byte[]>(column), SecretKeeper.OfConnection(name))),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6));
    }

    private PlanRow ReadPlan(NpgsqlDataReader row)
    {
        var method = row.GetString(1);
        var plan = new QueryPlan(
            RowReading.Interval(row, 3),
            RowReading.Name<QueryStrategy>(row, 4),
            RowReading.Interval(row, 5),
            RowReading.Interval(row, 6),
            RowReading.Interval(row, 7),
            RowReading.Interval(row, 8),
            RowReading.Interval(row, 9))
        {
            Hours = row.IsDBNull(10) ? null : new AnswerHours(row.GetFieldValue<TimeOnly>(10), row.GetFieldValue<TimeOnly>(11), calendar),
            LastRound = row.IsDBNull(12) ? null : new NextDayRound(row.GetFieldValue<TimeOnly>(12), calendar),
        };
        return new PlanRow(row.GetInt32(0), method.Length == 0 ? null : PaymentNames.ParseMethod(method), PaymentNames.ParseKind(row.GetString(2)), plan);
    }

    private (string Row, PlanRow? Before) PlanOtherwise(NpgsqlDataReader row)
    {
        _withoutPlans.Add(row.GetInt32(0));
        return ($"query_plan of channel {row.GetInt32(0)}", null);
    }

    private static Account ReadAccount(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        RowReading.Name<AccountKind>(row, 2),
        row.GetInt32(3),
        RowReading.Column(row, 4, static (row, column) => Currency.Parse(row.GetString(column))),
        row.GetFieldValue<long[]>(5))
    {
        Mode = RowReading.Name<AccountMode>(row, 6),
        BufferIsLate = row.GetBoolean(7),
    };

    private sealed record PlanRow(int Channel, PaymentMethod? Method, PaymentKind Kind, QueryPlan Plan);
}
