namespace PaymentEngine.Store.Commit;

/// <summary>Two units that claim the same key, or change the same family, never share a batch.</summary>
internal sealed class UnitFormer(int maximum) : BatchFormer<PendingUnit>(maximum)
{
    private readonly HashSet<(int Merchant, string Key)> _keys = [];
    private readonly HashSet<(int Merchant, string OrderNo)> _orderNumbers = [];
    private readonly HashSet<long> _families = [];

    protected override void Forget()
    {
        _keys.Clear();
        _orderNumbers.Clear();
        _families.Clear();
    }

    protected override bool IsAlone(PendingUnit pending)
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
