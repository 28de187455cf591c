using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Limits;
using PaymentEngine.Tests.Store.Support;
using PaymentEngine.Tests.Support.Postgres;

namespace PaymentEngine.Tests.Store.Limits;

/// <summary>Orders that take of limits, and what is used of them.</summary>
internal static class LimitHand
{
    public const int Channel = 101;

    /// <summary>A limit of the channel as a whole: many take of it at once.</summary>
    public static LimitClaim OfChannel(string name, long? amount = null, long? count = null, DateOnly? period = null) =>
        new(new LimitCounter(Channel, "pay", name, "", period ?? TestDatabase.Today), IsBusy: true, amount, count);

    public static LimitClaim OfCard(string name, string card, long? amount = null, long? count = null) =>
        new(new LimitCounter(Channel, "pay", name, "card:" + card, TestDatabase.Today), IsBusy: false, amount, count);

    /// <summary>A new trade whose order takes of these.</summary>
    public static UnitOfWork Taking(this Workbench bench, long amountMinor, params LimitClaim[] claims)
    {
        var unit = bench.Opening(amountMinor: amountMinor);
        foreach (var claim in claims)
        {
            unit.LimitsTaken.Add(new LimitTaking(unit.Family.InstitutionOrders[0], claim));
        }

        return unit;
    }

    public static async Task<TradeFamily> TakenAsync(
        this Workbench bench, PaymentEngine.Store.Commit.UnitCommitter committer, long amountMinor, params LimitClaim[] claims)
    {
        await bench.ReadyAsync();
        var unit = bench.Taking(amountMinor, claims);
        await Workbench.CommittedAsync(committer, unit);
        return unit.Family;
    }

    /// <summary>Amount and number of orders; nothing when nobody has asked for it yet.</summary>
    public static async Task<(long Amount, long Count)> UsedAsync(this TestDatabase database, LimitClaim claim)
    {
        var uses = await new LimitStore(database.Sql).ListAsync(Channel, claim.Counter.Subject, claim.Counter.Period, CancellationToken.None);
        return uses.SingleOrDefault(use => use.Counter == claim.Counter) is { } use ? (use.AmountUsed, use.CountUsed) : default;
    }
}
