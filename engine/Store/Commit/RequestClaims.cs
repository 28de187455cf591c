using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>
/// Claims the idempotency keys and merchant order numbers of a batch. All are granted, nearly always; when not, the
/// units that came second leave with the reason.
/// </summary>
internal sealed class RequestClaims
{
    private readonly List<PendingUnit> _claimants = [];

    private readonly BulkRows<UnitOfWork> _claims = new BulkRows<UnitOfWork>()
        .Integer(u => u.Claim!.MerchantId)
        .Text(u => u.Claim!.Key)
        .Text(u => u.Claim!.MerchantOrderNo)
        .Bytes(u => u.Claim!.BodyHash)
        .Bigint(u => u.Family.Trade.Id.Value)
        .Integer(u => u.BaseVersion + 1);

    private readonly BulkRows<UnitOfWork> _contested = new BulkRows<UnitOfWork>()
        .Integer(u => u.Claim!.MerchantId)
        .Text(u => u.Claim!.Key)
        .Text(u => u.Claim!.MerchantOrderNo);

    private readonly BulkRows<UnitOfWork> _returns = new BulkRows<UnitOfWork>()
        .Integer(u => u.Claim!.MerchantId)
        .Text(u => u.Claim!.Key);

    private NpgsqlBatchCommand? _claim;

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _claimants.Clear();
        _claims.Clear();
        foreach (var pending in units)
        {
            if (pending.Unit.Claim is not null)
            {
                _claimants.Add(pending);
            }
        }

        _claimants.Sort(InOneOrder);
        foreach (var claimant in _claimants)
        {
            _claims.Add(claimant.Unit);
        }
    }

    public void AddTo(NpgsqlBatch batch) => _claim = _claims.AddTo(batch, Sql.Get("Requests/merchant_request.claim"));

    /// <summary>Finds out who was there first, when not every claim was granted.</summary>
    public async Task SettleAsync(NpgsqlConnection connection)
    {
        if (_claim is null || (int)_claim.Rows == _claimants.Count)
        {
            return;
        }

        _contested.Clear();
        foreach (var claimant in _claimants)
        {
            _contested.Add(claimant.Unit);
        }

        await using var batch = new NpgsqlBatch(connection);
        _contested.AddTo(batch, Sql.Get("Requests/merchant_request.contested"));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var claimant = _claimants[reader.GetInt32(0) - 1];
            if (!reader.IsDBNull(1))
            {
                if (!reader.GetBoolean(1))
                {
                    claimant.Leave(CommitResult.KeyTaken.Instance);
                }
            }
            else if (!reader.IsDBNull(2))
            {
                claimant.Leave(new CommitResult.OrderNumberTaken(new OrderId(reader.GetInt64(2))));
            }
        }
    }

    /// <summary>
    /// A unit that left gives back what it was granted. Where it was granted nothing, nothing of this transaction is
    /// found: the same request may have been granted to another committer, and that is not ours to give back.
    /// </summary>
    public void AddReturnsTo(NpgsqlBatch batch)
    {
        _returns.Clear();
        foreach (var claimant in _claimants)
        {
            if (!claimant.IsIn)
            {
                _returns.Add(claimant.Unit);
            }
        }

        _returns.AddTo(batch, Sql.Get("Requests/merchant_request.give_back"));
    }

    /// <summary>
    /// Two committers that claim the same numbers, or the same requests whole, do it in the same order. Only keys that
    /// are used again for other numbers can still make them meet head-on; the database ends that, and one tries again.
    /// </summary>
    private static int InOneOrder(PendingUnit left, PendingUnit right)
    {
        var (one, other) = (left.Unit.Claim!, right.Unit.Claim!);
        var order = one.MerchantId.CompareTo(other.MerchantId);
        order = order != 0 ? order : string.CompareOrdinal(one.MerchantOrderNo, other.MerchantOrderNo);
        return order != 0 ? order : string.CompareOrdinal(one.Key, other.Key);
    }
}
