using Npgsql;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>What a batch writes about codes that nobody has mapped (C11). Nearly always that is nothing.</summary>
internal sealed class CodeWaitRows
{
    private readonly BulkRows<(UnitOfWork Unit, CodeWait Wait)> _recorded = new BulkRows<(UnitOfWork Unit, CodeWait Wait)>()
        .Integer(r => r.Wait.Order.ChannelId)
        .Text(r => r.Wait.Code!.AnsweredBy.StoredName())
        .Text(r => SampleMask.Code(r.Wait.Code!.Code))
        .Text(r => SubCode(r.Wait.Code!))
        .Text(r => SampleMask.Of(r.Wait.Code!.Sample))
        .Moment(r => r.Unit.Now);

    private readonly BulkRows<CodeWait> _waiting = new BulkRows<CodeWait>()
        .Bigint(w => w.Order.Id.Value)
        .Bigint(w => w.Order.TradeId.Value)
        .Integer(w => w.Order.ChannelId)
        .Text(w => w.Code!.AnsweredBy.StoredName())
        .Text(w => SampleMask.Code(w.Code!.Code))
        .Text(w => SubCode(w.Code!));

    private readonly BulkRows<CodeWait> _understood = new BulkRows<CodeWait>().Bigint(w => w.Order.Id.Value);

    public void Add(UnitOfWork unit)
    {
        foreach (var wait in unit.CodeWaits)
        {
            if (wait.Code is null)
            {
                _understood.Add(wait);
            }
            else
            {
                _recorded.Add((unit, wait));
                _waiting.Add(wait);
            }
        }
    }

    /// <summary>Last of all: rows of codes are shared by all committers, and are held no longer than it takes to commit.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        _waiting.AddTo(batch, Sql.Get("Codes/waiting_for_code.wait"));
        _understood.AddTo(batch, Sql.Get("Codes/waiting_for_code.understood"));
        _recorded.AddTo(batch, Sql.Get("Codes/waiting_for_code.record"));
    }

    public void Clear()
    {
        _recorded.Clear();
        _waiting.Clear();
        _understood.Clear();
    }

    private static string SubCode(UnmappedCode code) => code.SubCode is { } sub ? SampleMask.Code(sub) : string.Empty;
}
