using PaymentEngine.Core;

namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>What the engine believes at the end, read from its database in statements of our own.</summary>
internal sealed class EngineBooks
{
    private const string Orders =
        """
        select t.id, t.merchant_order_no, t.state, coalesce(t.paid_by, 0), p.id, p.state, p.kind = 'refund', coalesce(p.refund_of, 0),
               o.id, o.number, o.state, o.amount_minor, o.executed,
               exists (select from posting x where x.order_id = p.id), exists (select from posting x where x.order_id = o.id)
        from institution_order o
        join trade_order t on t.id = o.trade_id
        join payment_instruction i on i.trade_id = o.trade_id and i.id = o.instruction_id
        join payment_order p on p.trade_id = i.trade_id and p.id = i.payment_id
        """;

    private const string Trades = "select id, merchant_order_no, state from trade_order";

    private const string Refused =
        """
        select p.id from payment_order p
        where p.kind = 'payment' and p.state = 'Failed' and not exists (
            select from payment_instruction i
            join institution_order o on o.trade_id = i.trade_id and o.instruction_id = i.id
            where i.trade_id = p.trade_id and i.payment_id = p.id)
        """;

    private const string Work = "select trade_id, order_id, reason from work_item";

    private const string Differences = "select trade_id, order_id, kind || ': ' || detail from difference where closed_at is null";

    public required IReadOnlyList<BookedTrade> AllTrades { get; init; }

    public required IReadOnlyList<BookedOrder> AllOrders { get; init; }

    /// <summary>Payments that failed before any channel was called, as those of a card that was without money too often (C9).</summary>
    public required IReadOnlyList<long> RefusedPayments { get; init; }

    /// <summary>By the order that it is about.</summary>
    public required ILookup<long, ForAPerson> WorkItems { get; init; }

    public required ILookup<long, ForAPerson> OpenDifferences { get; init; }

    public static async Task<EngineBooks> ReadAsync(TestDatabase database) => new()
    {
        AllTrades = await database.ReadAsync(Trades, row => new BookedTrade(
            row.GetInt64(0), OrderNumber.Format(OrderLevel.Trade, new OrderId(row.GetInt64(0))), row.GetString(1), row.GetString(2))),
        AllOrders = await database.ReadAsync(Orders, row => new BookedOrder(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetBoolean(6), row.GetInt64(7),
            row.GetInt64(8), row.GetString(9), row.GetString(10), row.GetInt64(11), row.GetBoolean(12), row.GetBoolean(13), row.GetBoolean(14))),
        RefusedPayments = await database.ReadAsync(Refused, row => row.GetInt64(0)),
        WorkItems = await RowsAsync(database, Work),
        OpenDifferences = await RowsAsync(database, Differences),
    };

    private static async Task<ILookup<long, ForAPerson>> RowsAsync(TestDatabase database, string sql) =>
        (await database.ReadAsync(sql, row => new ForAPerson(row.GetInt64(0), row.GetInt64(1), row.GetString(2)))).ToLookup(row => row.Order);
}

internal sealed record BookedTrade(long Id, string Number, string OrderNo, string State)
{
    public bool IsFinal => State is "Paid" or "Closed";
}

/// <summary>An institution order with what stands above it.</summary>
/// <param name="RefundOf">Of a refund: the institution order whose money it gives back.</param>
/// <param name="IsPosted">The payment's own posting.</param>
/// <param name="IsOnTop">The order's money was booked as surplus.</param>
internal sealed record BookedOrder(
    long Trade, string OrderNo, string TradeState, long PaidBy, long Payment, string PaymentState, bool IsRefund, long RefundOf,
    long Id, string Number, string State, long AmountMinor, bool Executed, bool IsPosted, bool IsOnTop)
{
    public bool PaysItsTrade => !IsRefund && State == "Succeeded" && PaymentState == "Succeeded" && IsPosted && PaidBy == Payment;
}

/// <summary>A row of the work list, or an open difference.</summary>
internal sealed record ForAPerson(long Trade, long Order, string Reason);
