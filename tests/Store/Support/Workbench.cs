using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Store;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Orders;
using PaymentEngine.Tests.Support.Engine;
using PaymentEngine.Tests.Support.Postgres;
using PaymentEngine.Workflows.Driver;
using PaymentEngine.Workflows.Messages;
using Messages = PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Tests.Store.Support;

/// <summary>
/// Makes units of work by the real lifecycles, with the store's own numbers, and leaves it to the test which of them
/// are committed together, by whom and when. Institutions do not exist here: the test says what they answered.
/// </summary>
internal sealed class Workbench : IAsyncDisposable
{
    private static readonly OrderDriver Driver = new();

    private readonly CommitMetrics _metrics = new();
    private readonly List<UnitCommitter> _committers = [];

    private Workbench(string connectionString, EngineDirectory directory)
    {
        Directory = directory;
        Reads = Database.ForReads(connectionString);
        Commits = Database.ForCommits(connectionString);
        Numbers = new NumberSource(Reads, TestDatabase.Calendar);
        Families = new FamilyLoader(Reads);
    }

    public EngineDirectory Directory { get; }

    public NpgsqlDataSource Reads { get; }

    public NpgsqlDataSource Commits { get; }

    public NumberSource Numbers { get; }

    public FamilyLoader Families { get; }

    /// <summary>Batches that the group committers of this bench have committed.</summary>
    public long Transactions => _metrics.Batches;

    public DateTimeOffset Now { get; set; } = TestDatabase.Morning;

    public Merchant Merchant => Directory.Merchants[0];

    /// <param name="connectionString">Another way to the same database; else straight to it.</param>
    public static async Task<Workbench> OpenAsync(TestDatabase database, string? connectionString = null)
    {
        var directory = (await database.DirectoryAsync());
        var bench = new Workbench(connectionString ?? database.ConnectionString, directory);
        await bench.ReadyAsync();
        return bench;
    }

    /// <summary>To be awaited before each few hundred units: decisions do not wait for numbers.</summary>
    public ValueTask ReadyAsync() => Numbers.PrepareAsync(Numbers.DayOf(Now), Now, Directory);

    /// <summary>A new trade with its first payment on its way to the institution.</summary>
    public UnitOfWork Opening(string? orderNo = null, string? key = null, Merchant? merchant = null, string description = "Two tickets", long amountMinor = 10_000)
    {
        merchant ??= Merchant;
        var context = Context();
        var id = Numbers.NextId(Numbers.DayOf(Now));
        var trade = new TradeOrder
        {
            Id = id,
            TradeId = id,
            MerchantId = merchant.Id,
            MerchantOrderNo = orderNo ?? MerchantHand.NewName("order"),
            Amount = new Money(amountMinor, Currency.Parse("CNY")),
            Payer = "member-7",
            Description = description,
            CreatedAt = Now,
            ExpiresAt = Now.AddMinutes(15),
            Change = OrderChange.New,
        };
        var unit = new UnitOfWork(new TradeFamily(trade), context);
        Driver.Run(unit, new Messages.OpenTrade(id));
        Driver.Run(unit, Payment(id));
        return Requested(unit, key, trade.MerchantOrderNo);
    }

    /// <summary>The institution executed the family's latest order: the payment is posted.</summary>
    public UnitOfWork Succeeding(TradeFamily family) => Succeeding(family, handled: null);

    /// <param name="handled">The timer whose question was answered with success.</param>
    public UnitOfWork Succeeding(TradeFamily family, DueTimer? handled)
    {
        var order = family.InstitutionOrders[^1];
        var unit = Deciding(family, OutcomeMessages.OfSend(order.Id, order.Sends, new ChannelOutcome.Succeeded(order.Amount, "ref", "ok")), handled);
        foreach (var intent in unit.PostingIntents)
        {
            unit.Postings.Add(StandardPostings.For(intent, family, Directory, Numbers.NextId(family.Trade.Id.Day)));
        }

        return unit;
    }

    public UnitOfWork Failing(TradeFamily family)
    {
        var order = family.InstitutionOrders[^1];
        return Deciding(family, OutcomeMessages.OfSend(order.Id, order.Sends, new ChannelOutcome.Failed("insufficient_funds", "declined")));
    }

    /// <summary>A request to pay the trade once more.</summary>
    public UnitOfWork Paying(TradeFamily family, string? key = null) =>
        Requested(Deciding(family, Payment(family.Trade.Id)), key, orderNo: null);

    /// <param name="handled">The timer because of which the decision is taken.</param>
    public UnitOfWork Deciding(TradeFamily family, OrderMessage message, DueTimer? handled = null)
    {
        var unit = new UnitOfWork(family, Context()) { HandledTimer = handled };
        Driver.Run(unit, message);
        return unit;
    }

    /// <summary>Any posting, whatever the lifecycles would say to it.</summary>
    public Posting HandMade(PaymentOrder payment, PostingKind kind, params (Account Account, long Minor)[] legs) => new(
        Numbers.NextId(payment.Id.Day),
        payment.Id,
        kind,
        [.. legs.Select(leg => new PostingLeg(leg.Account, new Money(leg.Minor, leg.Account.Currency)))]);

    public Account AccountOf(AccountKind kind, int owner = 0) => Directory.AccountOf(kind, owner, Currency.Parse("CNY"));

    /// <summary>A committer with a connection of its own, as every lane of every node has one.</summary>
    public UnitCommitter Committer(int lane = 0)
    {
        var committer = new UnitCommitter(Commits, lane, _metrics, NullLogger.Instance);
        _committers.Add(committer);
        return committer;
    }

    public GroupCommitter GroupCommitter(CommitterOptions options, int nodeId = 0) =>
        new(Commits, options, nodeId, _metrics, NullLogger<GroupCommitter>.Instance);

    /// <summary>One trade, committed.</summary>
    public async Task<TradeFamily> OpenedAsync(UnitCommitter committer, Merchant? merchant = null)
    {
        await ReadyAsync();
        var unit = Opening(merchant: merchant);
        await CommittedAsync(committer, unit);
        return unit.Family;
    }

    public async Task<TradeFamily> LoadAsync(OrderId trade)
    {
        await Numbers.PrepareAsync(trade.Day, Now, Directory);
        return (await Families.LoadAsync(trade))!;
    }

    /// <summary>All in one batch; the results in the order of the units.</summary>
    public static async Task<CommitResult[]> CommitAsync(UnitCommitter committer, params UnitOfWork[] units)
    {
        var batch = units.Select(unit => new PendingUnit(unit)).ToList();
        await committer.CommitAsync(batch);
        return await Task.WhenAll(batch.Select(pending => pending.Result));
    }

    public static async Task CommittedAsync(UnitCommitter committer, params UnitOfWork[] units)
    {
        foreach (var result in await CommitAsync(committer, units))
        {
            if (result is not CommitResult.Committed)
            {
                throw new InvalidOperationException($"not committed: {result}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var committer in _committers)
        {
            await committer.DisposeAsync();
        }

        await Families.DisposeAsync();
        await Commits.DisposeAsync();
        await Reads.DisposeAsync();
        _metrics.Dispose();
    }

    private static UnitOfWork Requested(UnitOfWork unit, string? key, string? orderNo)
    {
        key ??= MerchantHand.NewName("key");
        unit.Claim = new RequestClaim(unit.Family.Trade.MerchantId, key, SHA256.HashData(Encoding.UTF8.GetBytes(key)), orderNo);
        unit.Answer = new Answer(201, "/v1/trades/" + unit.Family.Trade.Number, Encoding.UTF8.GetBytes(key));
        return unit;
    }

    private static Messages.StartPayment Payment(OrderId trade) => new(trade, PaymentKind.Payment, PaymentMethod.Quick, Payers.Good);

    private DecisionContext Context() => new(Now, Directory, Numbers, FirstChannel.Instance, RouteScripts.Defaults, NodeId: 1, "test", MerchantHand.NewName("request"));
}
