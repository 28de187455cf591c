using System.Threading.Channels;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Takes what waits into one batch. Two units that claim the same key, or change the same family, never share a batch:
/// the second waits for the next, where the database tells it what the first did.
/// </summary>
internal sealed class BatchFormer(int maximum)
{
    private readonly List<PendingUnit> _batch = [];
    private readonly Queue<PendingUnit> _leftOver = new();
    private readonly HashSet<(int Merchant, string Key)> _keys = [];
    private readonly HashSet<(int Merchant, string OrderNo)> _orderNumbers = [];
    private readonly HashSet<long> _families = [];

    public bool HasLeftOver => _leftOver.Count > 0;

    public List<PendingUnit> Form(ChannelReader<PendingUnit> queue)
    {
        _batch.Clear();
        _keys.Clear();
        _orderNumbers.Clear();
        _families.Clear();
        for (var waiting = _leftOver.Count; waiting > 0; waiting--)
        {
            Admit(_leftOver.Dequeue());
        }

        while (_batch.Count < maximum && queue.TryRead(out var pending))
        {
            Admit(pending);
        }

        return _batch;
    }

    private void Admit(PendingUnit pending)
    {
        if (_batch.Count < maximum && IsAlone(pending))
        {
            _batch.Add(pending);
        }
        else
        {
            _leftOver.Enqueue(pending);
        }
    }

    private bool IsAlone(PendingUnit pending)
    {
        var unit = pending.Unit;
        if (_families.Contains(unit.Family.Trade.Id.Value))
        {
            return false;
        }

        if (unit.Claim is { } claim)
        {
            if (claim.MerchantOrderNo is { } orderNo && _orderNumbers.Contains((claim.MerchantId, orderNo)))
            {
                return false;
            }

            if (!_keys.Add((claim.MerchantId, claim.Key)))
            {
                return false;
            }

            if (claim.MerchantOrderNo is { } free)
            {
                _orderNumbers.Add((claim.MerchantId, free));
            }
        }

        _families.Add(unit.Family.Trade.Id.Value);
        return true;
    }
}
