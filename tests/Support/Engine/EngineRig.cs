using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Orders;
using PaymentEngine.Host;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Runtime.QueryBack;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// One node: the parts of the real engine as the host puts them together, without HTTP and with the test's clock. Its
/// pumps do not run by themselves; time passes, and timers are handled, when the test says so.
/// </summary>
public sealed class EngineRig : IAsyncDisposable
{
    private const int TooOften = 10_000;

    private readonly EngineWorld _world;
    private readonly ServiceProvider _services;
    private readonly WatchedChannel _channel;
    private readonly InFlight _inFlight;
    private readonly NotificationDesk _notifications;
    private readonly TimerPump _timers;
    private readonly EngineLifetime _lifetime;
    private bool _isStopped;

    private EngineRig(EngineWorld world, ServiceProvider services)
    {
        _world = world;
        _services = services;
        _channel = services.GetRequiredService<WatchedChannel>();
        _inFlight = services.GetRequiredService<InFlight>();
        _notifications = services.GetRequiredService<NotificationDesk>();
        _timers = services.GetRequiredService<TimerPump>();
        _lifetime = services.GetRequiredService<EngineLifetime>();
    }

    /// <summary>The node dies between its commits and the calls that should follow them.</summary>
    public bool LosesDispatches { get; set; }

    /// <summary>The institution's answers to queries mean this from now on; null for what they usually mean.</summary>
    public void QueriesAreAnswered(Func<ChannelOrder, ChannelOutcome>? answer) => _channel.QueryAnswer = answer;

    /// <summary>The node dies between its commits and the notifications that should follow them.</summary>
    public bool LosesNotifications
    {
        set => Part<LossyHandOver>().Loses = value;
    }

    public ITradeDesk Desk => Part<ITradeDesk>();

    public T Part<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Submits as this merchant.</summary>
    public MerchantHand As(string merchantNumber = "M1001") =>
        new(Desk, Part<DirectoryHolder>().Current.Merchants.Single(merchant => merchant.Number == merchantNumber));

    /// <summary>Calls back as this channel's institution; what it says is stored, and handled when the test says so.</summary>
    public InstitutionHand Institution(string channel = "sim-card") => new(Part<ICallbackReception>(), channel);

    /// <summary>Handles whatever callbacks wait, as the message about each would have it.</summary>
    public async Task HandleCallbacksAsync()
    {
        await Part<CallbackDesk>().HandleAsync(
            await _world.Database.ReadAsync("select id from callback_pending order by id", row => new OrderId(row.GetInt64(0))));
        await QuietAsync();
    }

    /// <summary>Sweeps as if callbacks had waited so much longer; what is due is decided by the database's clock.</summary>
    public async Task<int> SweepAsync(TimeSpan longer)
    {
        await _world.Database.ExecuteAsync("update callback_pending set stored_at = stored_at - $1, due_at = due_at - $1", longer);
        var swept = await Part<CallbackSweep>().SweepOnceAsync(CancellationToken.None);
        await QuietAsync();
        return swept;
    }

    /// <summary>The broker carries what this node has said to the application so far, all of it and each time again.</summary>
    public async Task TellAsync(EngineRig application, string name)
    {
        await application.Part<IHandle<OrdersWaiting>>().HandleAsync(Part<KeptHandOver>().To(name), CancellationToken.None);
        await application.QuietAsync();
    }

    public async Task<TradeFamily> FamilyAsync(OrderId trade) =>
        await Part<FamilyLoader>().LoadAsync(trade) ?? throw new InvalidOperationException($"there is no trade {trade}");

    /// <summary>Everything that happened to the trade.</summary>
    public async Task<TradeJourney> JourneyAsync(OrderId trade) =>
        await Part<JourneyStore>().LoadAsync(await FamilyAsync(trade), Part<DirectoryHolder>().Current, CancellationToken.None);

    /// <summary>Trade, payments, instructions, institution orders: "Paid Succeeded Succeeded Succeeded".</summary>
    public async Task<string> StatesAsync(OrderId trade)
    {
        var family = await FamilyAsync(trade);
        return string.Join(' ', new Order[] { family.Trade }
            .Concat(family.Payments).Concat(family.Instructions).Concat(family.InstitutionOrders)
            .Select(order => order.State));
    }

    /// <summary>Returns when nothing is under way but calls and notifications that only time can end.</summary>
    public async Task QuietAsync()
    {
        await Eventually.BecomesTrueAsync(() => _inFlight.Calls <= _channel.Silent, "the calls to the institution have come back");
        await Eventually.BecomesTrueAsync(
            () => Part<LossyHandOver>().OnTheirWay == 0 && _notifications.InHand <= _world.HeldByMerchants(), "the merchants have been told");
    }

    /// <summary>
    /// Lets time pass from one moment at which something is due to the next, and handles at each what is due then, as
    /// pumps that are always on time would.
    /// </summary>
    public async Task LetPassAsync(TimeSpan time)
    {
        var end = _world.Now + time;
        for (var round = 0; round < TooOften; round++)
        {
            await UpkeepAsync();
            await HandleDueTimersAsync();
            if (_world.Now >= end)
            {
                return;
            }

            var next = await NextMomentAsync();
            _world.Clock.Advance((next < end ? next.Value : end) - _world.Now);
        }

        throw new InvalidOperationException("time does not pass: something is always due");
    }

    /// <summary>Handles what is due now, and what falls due at this moment because of that; returns how much it was.</summary>
    public async Task<int> HandleDueTimersAsync()
    {
        await QuietAsync();
        for (var handled = 0; handled < TooOften;)
        {
            // What is due is decided by the database's clock, which no test can move; so the due rows are moved instead.
            await _world.Database.ExecuteAsync("update timer set due_at = now() where token = 0 and due_at <= $1", _world.Now.UtcDateTime);
            var now = await _timers.PumpOnceAsync(CancellationToken.None);
            await QuietAsync();
            if (now == 0)
            {
                return handled;
            }

            handled += now;
        }

        throw new InvalidOperationException("the timers of this moment have no end");
    }

    /// <summary>What the upkeep service does every few seconds.</summary>
    public async Task UpkeepAsync()
    {
        await Part<SecretKeeper>().SealAsync(CancellationToken.None);
        await Part<DirectoryHolder>().RefreshAsync(CancellationToken.None);
        await Part<DayKeeper>().KeepAsync(_world.Now, CancellationToken.None);
    }

    /// <summary>Stops the node. Calls that are out stay without a result, as in a crash.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        await _lifetime.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    /// <param name="application">Null for an engine; otherwise the process runs this channel application and nothing else.</param>
    internal static async Task<EngineRig> StartAsync(EngineWorld world, string name, string? application = null)
    {
        var id = await new NodeRegistry(world.Database.Sql).RegisterAsync(name, CancellationToken.None);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Engine:DrainTime"] = "00:00:00",

                // Long enough for a test to say when they are over, however slow the machine is.
                ["Inbox:Grace"] = "00:01:00",
                ["Callbacks:Lease"] = "00:01:00",

                // Time that stands still would not end it.
                ["Callbacks:AcceptancePatience"] = "00:00:00",
            })
            .AddInMemoryCollection(application is null ? [] : SettingsOf(application))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(log => log.AddProvider(world.Log));
        services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section);
        var node = new PreparedNode(new NodeIdentity(id, name), TestDatabase.Secrets, new DatabaseClock(TimeProvider.System));
        services.AddEngine(
            configuration, world.Database.ConnectionString, node, application is null ? HostRole.Engine : HostRole.ChannelApplication);
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddSingleton<IHostNames>(world.HostNames);
        if (world.Choice is { } choice)
        {
            services.AddSingleton(choice);
        }

        services.AddSingleton<ICallbackHandOver, NoHandOver>();
        services.AddSingleton<KeptHandOver>();
        services.AddSingleton<IOrderHandOver>(provider => provider.GetRequiredService<KeptHandOver>());
        services.AddSingleton<LossyHandOver>();
        services.AddSingleton<INotificationHandOver>(provider => provider.GetRequiredService<LossyHandOver>());
        services.AddSingleton(provider => new WatchedChannel(
            new SimulatorChannel(
                world.Bank, provider.GetRequiredService<IChannelConnections>(), provider.GetRequiredService<IResultCodes>(), world.Clock),
            world.HeardByTheBank));
        services.AddSingleton<IReadOnlyDictionary<string, IInstitutionChannel>>(provider =>
            new Dictionary<string, IInstitutionChannel> { ["simulator"] = provider.GetRequiredService<WatchedChannel>() });

        var rig = new EngineRig(world, services.BuildServiceProvider());
        await rig._lifetime.StartAsync(CancellationToken.None);
        var dispatcher = rig.Part<Dispatcher>();
        rig.Part<DecisionDesk>().Dispatch = (family, order) =>
        {
            if (!rig.LosesDispatches)
            {
                dispatcher.Start(family, order);
            }
        };
        await rig.UpkeepAsync();
        return rig;
    }

    /// <summary>Nobody connects to this broker: the bus of a rig is never started.</summary>
    private static Dictionary<string, string?> SettingsOf(string application) => new()
    {
        ["Bus:Transport"] = "RabbitMq",
        ["ConnectionStrings:Broker"] = "amqp://nobody:nothing@127.0.0.1:1/none",
        ["Bus:Applications:0"] = application,
    };

    /// <summary>The next timer, or the moment at which a call that is out must end.</summary>
    private async Task<DateTimeOffset?> NextMomentAsync()
    {
        var next = await _world.Database.ScalarAsync<DateTime?>(
            """
            select min(at) from (
                select due_at as at from timer where token = 0
                union all
                select send_by from institution_order where state = 'Sending'
            ) m where at > $1
            """,
            _world.Now.UtcDateTime);
        return next is { } moment ? new DateTimeOffset(moment, TimeSpan.Zero) : null;
    }
}
