using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Orders;
using PaymentEngine.Workflows.Driver;

namespace PaymentEngine.Runtime.Units;

/// <summary>
/// Where decisions become facts: builds units of work, runs the lifecycles in them, commits them, and starts what has
/// to follow a commit. A decision that lost a race, or was refused by the ledger, is taken again with what is known then.
/// </summary>
public sealed class DecisionDesk(
    GroupCommitter committer,
    FamilyLoader families,
    NumberSource numbers,
    DirectoryHolder directory,
    IChannelChoice choice,
    OrderDriver driver,
    TradeGate gate,
    NotificationDrafts drafts,
    INotificationHandOver notifications,
    ResultWatch watch,
    NodeIdentity node,
    ApplicationSet applications,
    TimeProvider clock,
    ILogger<DecisionDesk> log)
{
    private const int MaximumAttempts = 8;

    /// <summary>What runs after each commit; set once, when the engine is put together.</summary>
    public Action<TradeFamily, InstitutionOrder> Dispatch { get; set; } = (_, _) => { };

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A unit for a trade that does not exist yet.</summary>
    /// <param name="open">Makes the trade; it is given the day in which the family will live.</param>
    /// <param name="full">Limits of which an attempt before this one was told that they are reached.</param>
    public async ValueTask<UnitOfWork> BeginAsync(
        Cause cause, Func<DecisionContext, DateOnly, TradeOrder> open, IReadOnlyCollection<LimitCounter> full)
    {
        var now = Now;
        var day = numbers.DayOf(now);
        var snapshot = directory.Current;
        await numbers.PrepareAsync(day, now, snapshot);
        var serial = cause.RequestSerial ?? throw new ArgumentException("a trade is opened by a request", nameof(cause));
        var context = ContextOf(now, snapshot, cause, serial);
        var trade = open(context, day);
        trade.Change = OrderChange.New;
        return new UnitOfWork(new TradeFamily(trade), context) { Full = full };
    }

    public void Run(UnitOfWork unit, OrderMessage message)
    {
        try
        {
            driver.Run(unit, message);
        }
        catch
        {
            unit.GiveBack();
            throw;
        }
    }

    /// <summary>Commits; after success starts the calls to institutions that the unit asked for, here or elsewhere, and has the merchant told.</summary>
    public async ValueTask<CommitResult> CommitAsync(UnitOfWork unit)
    {
        foreach (var intent in unit.PostingIntents)
        {
            var id = unit.Context.Numbers.NextId(unit.Family.Trade.Id.Day);
            unit.Postings.Add(StandardPostings.For(intent, unit.Family, unit.Context.Directory, id));
        }

        drafts.AddTo(unit);
        watch.AddTo(unit);
        CommitResult? result = null;
        try
        {
            result = await committer.CommitAsync(unit);
        }
        finally
        {
            if (result is not CommitResult.Committed)
            {
                unit.GiveBack();
            }
        }

        if (result is CommitResult.Committed)
        {
            AttentionLog.Tell(log, unit);
            watch.Learn(unit);
            if (unit.RenderedNotifications.Count > 0)
            {
                notifications.Committed(unit.RenderedNotifications);
            }

            foreach (var order in unit.Dispatches)
            {
                Dispatch(unit.Family, order);
            }
        }

        return result;
    }

    /// <summary>Decides on an existing trade, again and again until the decision holds or cannot be committed at all.</summary>
    /// <param name="known">The family as this node last committed it, which saves loading it; null when it is not at hand.</param>
    /// <param name="decide">Runs messages in the unit; false when there is nothing to decide.</param>
    public async ValueTask<DecisionResult> DecideAsync(
        OrderId trade, TradeFamily? known, Cause cause, Func<UnitOfWork, bool> decide)
    {
        using var pass = await gate.EnterAsync(trade);
        PostingRefusal? refused = null;
        List<LimitCounter> full = [];
        for (var attempt = 1; ; attempt++)
        {
            var family = known ?? await families.LoadAsync(trade);
            known = null;
            if (family is null)
            {
                return DecisionResult.NoSuchTrade;
            }

            var now = Now;
            var snapshot = directory.Current;
            await numbers.PrepareAsync(trade.Day, now, snapshot);
            var serial = cause.RequestSerial ?? family.RequestSerialOf(cause.About ?? trade) ?? $"{cause.Actor}-{trade.Value}";
            var context = ContextOf(now, snapshot, cause, serial);
            var unit = new UnitOfWork(family, context) { Refused = refused, Full = full, HandledTimer = cause.Timer, HandledCallback = cause.Callback?.Id };
            if (!decide(unit))
            {
                unit.GiveBack();
                return new DecisionResult(family, null);
            }

            var result = await CommitAsync(unit);
            switch (result)
            {
                case CommitResult.VersionConflict when attempt < MaximumAttempts:
                    continue;
                case CommitResult.PostingRefused posting when attempt < MaximumAttempts:
                    refused = posting.Refusal;
                    continue;
                case CommitResult.LimitReached limit:
                    // Each time another one, so the channels run out before the attempts would.
                    full.Add(limit.Counter);
                    attempt--;
                    continue;
                default:
                    return new DecisionResult(family, result);
            }
        }
    }

    private DecisionContext ContextOf(DateTimeOffset now, EngineDirectory snapshot, Cause cause, string serial) =>
        new(now, snapshot, numbers, choice, directory.Scripts, node.Id, cause.Actor, serial) { Applications = applications };
}

/// <summary>Why a decision is taken, for the history, and the timer or callback that it handles, if any.</summary>
/// <param name="RequestSerial">Null stands for the request that started the order about which it is.</param>
public sealed record Cause(string Actor, string? RequestSerial, DueTimer? Timer = null, CallbackOfOrder? Callback = null)
{
    public OrderId? About => Timer?.Order ?? Callback?.Order;
}

/// <summary>A stored callback and the institution order of which it tells.</summary>
public readonly record struct CallbackOfOrder(OrderId Id, OrderId Order);

/// <param name="Family">As decided; null when there is no such trade.</param>
/// <param name="Commit">Null when there was nothing to decide.</param>
public readonly record struct DecisionResult(TradeFamily? Family, CommitResult? Commit)
{
    public static readonly DecisionResult NoSuchTrade = new(null, null);
}

/// <summary>Which start of which node this is.</summary>
public sealed record NodeIdentity(int Id, string Name);
