using Npgsql;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Orders;

/// <summary>One table of one level: which columns a new order fills and which a changed one rewrites.</summary>
internal sealed class OrderTable<TOrder>(string file, BulkRows<TOrder> inserts, BulkRows<TOrder> updates)
    where TOrder : Order
{
    private readonly string _insert = file + ".insert";
    private readonly string _update = file + ".update";

    public void Add(TOrder order)
    {
        switch (order.Change)
        {
            case OrderChange.New:
                inserts.Add(order);
                break;
            case OrderChange.Changed:
                updates.Add(order);
                break;
        }
    }

    public void AddTo(NpgsqlBatch batch, DateOnly day)
    {
        inserts.AddTo(batch, Sql.Get(_insert, day));
        updates.AddTo(batch, Sql.Get(_update, day));
    }

    public void Clear()
    {
        inserts.Clear();
        updates.Clear();
    }
}
