using Microsoft.Extensions.Options;
using Npgsql;
using PaymentEngine.Api.Writing;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Codes;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Runtime.QueryBack;
using PaymentEngine.Runtime.Reroutes;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Runtime.Upkeep;
using PaymentEngine.Store;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Codes;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Directory;
using PaymentEngine.Store.Inbox;
using PaymentEngine.Store.Limits;
using PaymentEngine.Store.Notifications;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Requests;
using PaymentEngine.Store.Reroutes;
using PaymentEngine.Store.Routing;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Timers;
using PaymentEngine.Store.Upkeep;
using PaymentEngine.Workflows.Driver;

namespace PaymentEngine.Host;

/// <summary>Puts the engine together; read from top to bottom it is the parts list.</summary>
internal static class EngineServices
{
    private const string Commits = "commits";
    private const string Inbox = "inbox";
    private const string Simulator = "simulator";

    public static void AddEngine(
        this IServiceCollection services, IConfiguration configuration, string connectionString, PreparedNode node, HostRole role = HostRole.Engine)
    {
        services.AddSection<CommitterOptions>("Committer");
        services.AddSection<NotificationOptions>("Notifications");
        services.AddSection<TimerOptions>("Timers");
        services.AddSection<InboxOptions>("Inbox");
        services.AddSection<CallbackOptions>("Callbacks");
        services.AddSimulator();

        services.AddSingleton(node.Clock);
        services.AddSingleton<TimeProvider>(node.Clock);
        services.AddSingleton(node.Identity);
        services.AddSingleton(node.Secrets);
        services.AddSingleton(provider => new ApplicationSet(provider.GetRequiredService<BusOptions>().Applications));
        services.AddSingleton(provider => new BusinessCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<IOptions<EngineOptions>>().Value.TimeZone)));

        // Store
        services.AddSingleton(_ => Database.ForReads(connectionString));
        services.AddKeyedSingleton(Commits, (_, _) => Database.ForCommits(connectionString));
        services.AddSingleton<CommitMetrics>();
        services.AddSingleton(provider => new GroupCommitter(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(Commits),
            provider.GetRequiredService<CommitterOptions>(),
            node.Identity.Id,
            provider.GetRequiredService<CommitMetrics>(),
            provider.GetRequiredService<ILogger<GroupCommitter>>()));
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<FamilyLoader>();
        services.AddSingleton<NodeRegistry>();
        services.AddSingleton<NumberEras>();
        services.AddSingleton<NumberSource>();
        services.AddSingleton<DirectoryStore>();
        services.AddSingleton<SecretKeeper>();
        services.AddSingleton<RequestStore>();
        services.AddSingleton<JourneyStore>();
        services.AddSingleton<BookedPayments>();
        services.AddSingleton<ExplanationStore>();
        services.AddSingleton<TimerStore>();
        services.AddSingleton<WorkListStore>();
        services.AddSingleton<DayKeeper>();
        services.AddSingleton<ResultCodeStore>();
        services.AddSingleton<RoutingStore>();
        services.AddSingleton<LimitStore>();
        services.AddSingleton<RerouteRequestStore>();
        services.AddSingleton(_ => new NotificationStore(Database.ForCommits(connectionString)));
        services.AddInbox(connectionString);
        services.AddLedger(connectionString);

        // Decisions
        services.AddSingleton<OrderDriver>();
        services.AddSingleton<BookCompiler>();
        services.AddSingleton<IChannelChoice>(provider => new RouteChoice(
            () => provider.GetRequiredService<RoutingHolder>().Router,
            provider.GetRequiredService<IRouteConditions>(),
            provider.GetRequiredService<BusinessCalendar>()));
        services.AddSingleton<ExplanationDesk>();
        services.AddSingleton<TradeGate>();
        services.AddSingleton<DecisionDesk>();

        // What happens when
        services.AddSingleton<DirectoryHolder>();
        services.AddSingleton<IMerchantDirectory>(provider => provider.GetRequiredService<DirectoryHolder>());
        services.AddSingleton<IOperatorDirectory>(provider => provider.GetRequiredService<DirectoryHolder>());
        services.AddSingleton<IResultCodes>(provider => provider.GetRequiredService<DirectoryHolder>());
        services.AddSingleton<IPayerMessages>(provider => provider.GetRequiredService<DirectoryHolder>());
        services.AddSingleton<IResultCodeDesk, ResultCodeDesk>();
        services.AddSingleton<RoutingHolder>();
        services.AddSingleton<RoutingDesk>();
        services.AddSingleton<RoutingDrafts>();
        services.AddSingleton<PastTransactions>();
        services.AddSingleton<IDraftTables, DraftTables>();
        services.AddSingleton<ReplayDesk>();
        services.AddSingleton<ScriptFailures>();
        services.AddSingleton<IScriptFailures>(provider => provider.GetRequiredService<ScriptFailures>());
        services.AddSingleton<ScriptWatch>();
        services.AddSingleton<RerouteDesk>();
        services.AddSingleton<AskDesk>();
        services.AddSingleton<ITradeAnswerWriter, TradeAnswerWriter>();
        services.AddSingleton<FirstAnswers>();
        services.AddSingleton<EarlierAttempts>();
        services.AddSingleton<ITradeDesk, TradeDesk>();
        services.AddSingleton(provider => new InFlight(provider.GetRequiredService<IOptions<EngineOptions>>().Value.MaximumInFlight));
        services.AddSingleton<IChannelConnections>(provider => provider.GetRequiredService<DirectoryHolder>());
        services.AddSingleton<LineSet>();
        services.AddSingleton<ChannelSet>();
        services.AddSingleton<ResultDesk>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<DueQuestions>();
        services.AddSingleton<QueryDesk>();
        services.AddSingleton<DispatchDesk>();
        services.AddSingleton<IOrderHandOver, Runtime.Dispatch.BusHandOver>();
        services.AddSingleton<IHandle<OrdersWaiting>, OrdersWaitingHandler>();
        services.AddSingleton<CallbackMetrics>();
        services.AddSingleton<Acceptances>();
        services.AddSingleton<CallbackDesk>();
        services.AddSingleton<ICallbackHandOver, Runtime.Callbacks.BusHandOver>();
        services.AddSingleton<ICallbackReception, CallbackReception>();
        services.AddSingleton<IPayerReturns>(provider => provider.GetRequiredService<PayerReturns>());

        // What merchants are told
        services.AddSingleton<INotificationWriter, NotificationWriter>();
        services.AddSingleton<NotificationDrafts>();
        services.AddSingleton<IHostNames, SystemHostNames>();
        services.AddSingleton<Courier>();
        services.AddSingleton<NotificationDesk>();
        services.AddSingleton<INotificationHandOver, Runtime.Notifications.BusHandOver>();

        // Stopped in the reverse order: first the pumps, last what everything else commits through.
        services.AddSingleton<EngineLifetime>();
        services.AddHostedService(provider => provider.GetRequiredService<EngineLifetime>());
        services.AddOnceListening<UpkeepService>();
        services.AddOnceListening<TimerPump>();
        services.AddAlerts();
        services.AddConditions();
        services.AddLedgerOperations();
        services.AddGeneralLedger(connectionString);
        services.AddEngineBus(configuration);
        if (role == HostRole.Engine)
        {
            services.AddEngineWork();
        }
        else
        {
            services.AddOptions<BusOptions>().Validate(
                bus => bus.Transport == BusTransport.RabbitMq && bus.Applications.Count > 0 && !bus.Applications.Contains(ApplicationSet.Engine),
                "a channel application needs Bus:Transport=RabbitMq and its name in Bus:Applications:0, and 'engine' is not one");
        }
    }

    /// <summary>What a channel application leaves to the engines.</summary>
    private static void AddEngineWork(this IServiceCollection services)
    {
        services.PostConfigure<BusOptions>(bus => bus.RunAlso(ApplicationSet.Engine));
        services.AddSingleton<IHandle<CallbacksArrived>, CallbacksArrivedHandler>();
        services.AddSingleton<IHandle<NotificationsWaiting>, NotificationsWaitingHandler>();
        services.AddOnceListening<WorkWatch>();
        services.AddLedgerWork();
        services.AddGeneralLedgerWork();
        services.AddOnceListening<PayerReturns>();
        services.AddOnceListening<CallbackSweep>();
    }

    /// <summary>A section of the settings, refused at the start when it cannot be.</summary>
    private static void AddSection<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }

    /// <summary>Callbacks are stored, found and located by bulk statements too, on connections of their own.</summary>
    private static void AddInbox(this IServiceCollection services, string connectionString)
    {
        services.AddKeyedSingleton(Inbox, (_, _) => Database.ForCommits(connectionString));
        services.AddSingleton(provider => new InboxWriter(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(Inbox),
            provider.GetRequiredService<InboxOptions>(),
            provider.GetRequiredService<ILogger<InboxWriter>>()));
        services.AddSingleton(provider => new InboxStore(provider.GetRequiredKeyedService<NpgsqlDataSource>(Inbox)));
        services.AddSingleton(provider => new OrderLocator(provider.GetRequiredKeyedService<NpgsqlDataSource>(Inbox)));
    }

    private static void AddSimulator(this IServiceCollection services)
    {
        services.AddSection<SimulatorOptions>(SimulatorOptions.Section);
        services.AddSingleton(provider => OpenBank(
            provider.GetRequiredService<SimulatorOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new AdapterNames([Simulator]));
        services.AddSingleton<IReadOnlyDictionary<string, IInstitutionChannel>>(provider => new Dictionary<string, IInstitutionChannel>
        {
            [Simulator] = new SimulatorChannel(
                provider.GetRequiredService<SimulatedBank>(),
                provider.GetRequiredService<IChannelConnections>(),
                provider.GetRequiredService<IResultCodes>(),
                provider.GetRequiredService<TimeProvider>()),
        });
    }

    private static SimulatedBank OpenBank(SimulatorOptions options, TimeProvider clock)
    {
        try
        {
            return SimulatedBank.Open(options, clock);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            throw new UnfitSettingException(
                $"Simulator:JournalPath: {options.JournalPath} cannot be opened, every engine needs a journal of its own that it may write: {held.Message}", held);
        }
    }
}
