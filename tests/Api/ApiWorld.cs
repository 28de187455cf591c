using Microsoft.AspNetCore.Builder;
using PaymentEngine.Core;
using PaymentEngine.Host;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Tests.Api;

/// <summary>
/// The whole engine as the host puts it together, on a port and a database of its own, with merchants of every kind.
/// The simulated institution answers at once; a payer's account makes it behave otherwise.
/// </summary>
public sealed class ApiWorld : IAsyncLifetime
{
    /// <summary>
    /// Merchants beside the demonstration's M1001, who may also be paid in dollars. Cards are asked about after seconds.
    /// The online bank is asked when a test says so: what it has accepted stays open until then.
    /// </summary>
    private const string SetUp =
        """
        insert into merchant (number, name, repeats, active) values
            ('M2001', 'Strict', 'Strict', true), ('M3001', 'Foreign', 'Continue', true), ('M4001', 'Inactive', 'Continue', false);
        update merchant set fee_rate_ppm = 6000 where number = 'M3001';
        insert into merchant_api_key (key_hash, merchant_id) select sha256(convert_to('key-' || number, 'UTF8')), id from merchant;
        select open_account('2241.01.' || number || '.CNY', 'Merchant', id, 'CNY', 'merchant balance', 0, 0) from merchant;
        select open_account('2241.01.M1001.USD', 'Merchant', (select id from merchant where number = 'M1001'), 'USD', 'merchant balance', 0, 0);
        select open_account('1122.01.101.USD', 'ChannelReceivable', 101, 'USD', 'receivable from channel', -4611686018427387904, 16);
        select open_account('6021.01.USD', 'FeeIncome', 0, 'USD', 'fee income', -4611686018427387904, 16);
        select open_account('2241.09.USD', 'Suspense', 0, 'USD', 'suspense', -4611686018427387904, 16);
        select open_account('2241.02.USD', 'Transit', 0, 'USD', 'refunds in transit', -4611686018427387904, 16);
        insert into ops_key (key_hash, actor) values (sha256(convert_to('ops-key-of-another', 'UTF8')), 'second-operator');
        update channel set send_window = '3 s', resend_safety_delay = '500 ms' where code = 'sim-card';
        update channel set send_window = '30 min' where code = 'sim-bank';
        update query_plan set first_age = '1 s', strategy = 'Fixed', period = '1 s', step = '0 s' where channel_id = 101;
        update query_plan set first_age = '1 h', window_end = '2 h' where channel_id = 102;
        """;

    public const string OpsKey = "ops-key-of-the-tests";

    private static int _names;

    private readonly string _directory = Directory.CreateTempSubdirectory("payment-engine-api-").FullName;
    private readonly List<MerchantClient> _clients = [];
    private readonly List<WebApplication> _apps = [];

    private string SecretKeyFile => Path.Combine(_directory, "secret.key");

    public TestDatabase Database { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public MerchantClient Merchant { get; private set; } = null!;

    /// <summary>Has chosen that no order number may be repeated.</summary>
    public MerchantClient Strict { get; private set; } = null!;

    public MerchantClient Foreign { get; private set; } = null!;

    public MerchantClient Inactive { get; private set; } = null!;

    public MerchantClient WithoutKey { get; private set; } = null!;

    /// <summary>Somebody of operations.</summary>
    public MerchantClient Operations { get; private set; } = null!;

    /// <summary>Somebody else of operations.</summary>
    public MerchantClient SecondOperator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateEmptyAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, "ops.key"), OpsKey);
        Address = (await StartAsync(() => Database.ExecuteAsync(SetUp)))[0];
        Merchant = Client("key-M1001");
        Strict = Client("key-M2001");
        Foreign = Client("key-M3001");
        Inactive = Client("key-M4001");
        WithoutKey = Client(null);
        Operations = Client(OpsKey);
        SecondOperator = Client("ops-key-of-another");
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var app in _apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await Books.DemandCleanAsync(Database);
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Starts one more engine on this database and returns its address.</summary>
    public Task<Uri> StartAsync(params ReadOnlySpan<(string Name, string Value)> settings) => FirstAsync(StartAtAllAsync(settings));

    /// <summary>Likewise one that listens at several addresses.</summary>
    public Task<Uri[]> StartAtAllAsync(params ReadOnlySpan<(string Name, string Value)> settings) => StartAsync(() => Task.CompletedTask, settings);

    /// <summary>What this merchant's notifications are signed with.</summary>
    public async Task<string> WebhookSecretAsync(string merchant) =>
        (await new SecretKeeper(Database.Sql, KeyFile.Secrets(SecretKeyFile)).FindAsync(merchant, CancellationToken.None))!.Reveal();

    /// <summary>A name that no other test uses.</summary>
    public static string New(string of) => $"{of}-{Interlocked.Increment(ref _names)}";

    public MerchantClient Client(string? apiKey, Uri? address = null)
    {
        var client = new MerchantClient(address ?? Address, apiKey);
        _clients.Add(client);
        return client;
    }

    /// <summary>One more of operations, whose key allows these of view, edit and approve; known to the engine.</summary>
    public async Task<MerchantClient> OperatorAsync(string roles)
    {
        var key = New("ops-key");
        await Database.ExecuteAsync(
            "insert into ops_key (key_hash, actor, roles) values (sha256(convert_to($1, 'UTF8')), $1, string_to_array($2, ','))", key, roles);
        var client = Client(key);
        await Eventually.BecomesTrueAsync(async () => (await client.GetAsync("/ops/v1/channels")).Status != 401, $"the engine knows {key}");
        return client;
    }

    /// <summary>The institution's next answer about what it has accepted is asked for now.</summary>
    public Task AskNowAsync(string tradeNo) => Database.ExecuteAsync(
        "update timer set due_at = now() where kind = 'Query' and trade_id = $1", IdOf(tradeNo));

    public static long IdOf(string tradeNo) =>
        OrderNumber.TryParse(tradeNo, out _, out var id) ? id.Value : throw new ArgumentException($"not a number: {tradeNo}", nameof(tradeNo));

    public static long PostingOf(string number) =>
        LedgerNumber.TryPosting(number, out var id) ? id.Value : throw new ArgumentException($"not a number: {number}", nameof(number));

    /// <summary>Every table with the number of its rows, of every day and partition, but for the vouchers that the engine makes by itself.</summary>
    public async Task<SortedDictionary<string, long>> RowsAsync() => new(
        (await Database.ReadAsync(
            """
            select relname::text, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), false, true, '')))[1]::text::bigint
            from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^(voucher|gl_)'
            """,
            row => (Table: row.GetString(0), Rows: row.GetInt64(1)))).ToDictionary(row => row.Table, row => row.Rows),
        StringComparer.Ordinal);

    private static async Task<Uri> FirstAsync(Task<Uri[]> addresses) => (await addresses)[0];

    private Task<Uri[]> StartAsync(Func<Task> beforeItRuns, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Engine"] = Database.ConnectionString,
            ["Urls"] = "http://127.0.0.1:0",
            ["Engine:DemoKeyFile"] = Path.Combine(_directory, "merchant.key"),
            ["Engine:SecretKeyFile"] = SecretKeyFile,
            ["Engine:DemoOpsKeyFile"] = Path.Combine(_directory, "ops.key"),
            ["Engine:DrainTime"] = "00:00:00",
            ["Simulator:MinLatencyMs"] = "0",
            ["Simulator:MaxLatencyMs"] = "0",
            ["Simulator:AcceptDelayMs"] = "0",
            ["Logging:LogLevel:Default"] = "None",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return StartAsync(all, beforeItRuns);
    }

    private async Task<Uri[]> StartAsync(Dictionary<string, string?> settings, Func<Task> beforeItRuns)
    {
        var host = await EngineHost.BuildAsync(settings);
        _apps.Add(host.App);
        await beforeItRuns();
        await host.App.StartAsync();
        return [.. host.App.Urls.Select(address => new Uri(address))];
    }
}
