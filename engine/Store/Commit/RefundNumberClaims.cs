using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>Claims the numbers that merchants give to their refunds. A unit whose number is another refund's leaves.</summary>
internal sealed class RefundNumberClaims
{
    private readonly List<PendingUnit> _claimants = [];
    private readonly BulkRows<RefundNumberClaim> _claims = Table();
    private readonly BulkRows<RefundNumberClaim> _returns = Table();

    private NpgsqlBatchCommand? _claim;

    public void Load(IReadOnlyList<PendingUnit> units)
    {
        _claimants.Clear();
        _claims.Clear();
        foreach (var pending in units)
        {
            if (pending.Unit.RefundNumber is not null)
            {
                _claimants.Add(pending);
            }
        }

        _claimants.Sort(InOneOrder);
        foreach (var claimant in _claimants)
        {
            _claims.Add(claimant.Unit.RefundNumber!);
        }
    }

    public void AddTo(NpgsqlBatch batch) => _claim = _claims.AddTo(batch, Sql.Get("Requests/merchant_refund.claim"));

    public async Task SettleAsync(NpgsqlConnection connection)
    {
        if (_claim is null || (int)_claim.Rows == _claimants.Count)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        _claims.AddTo(batch, Sql.Get("Requests/merchant_refund.contested"));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            // Nobody has it any more: whoever did was refused for another reason, so it is asked for again.
            _claimants[reader.GetInt32(0) - 1].Leave(reader.IsDBNull(1)
                ? CommitResult.VersionConflict.Instance
                : new CommitResult.RefundNumberTaken(new OrderId(reader.GetInt64(1))));
        }
    }

    public void AddReturnsTo(NpgsqlBatch batch)
    {
        _returns.Clear();
        foreach (var claimant in _claimants)
        {
            if (!claimant.IsIn)
            {
                _returns.Add(claimant.Unit.RefundNumber!);
            }
        }

        _returns.AddTo(batch, Sql.Get("Requests/merchant_refund.give_back"));
    }

    private static BulkRows<RefundNumberClaim> Table() => new BulkRows<RefundNumberClaim>()
        .Integer(r => r.MerchantId)
        .Text(r => r.Number)
        .Bigint(r => r.Trade.Value)
        .Bigint(r => r.Refund.Value);

    private static int InOneOrder(PendingUnit left, PendingUnit right)
    {
        var (one, other) = (left.Unit.RefundNumber!, right.Unit.RefundNumber!);
        var order = one.MerchantId.CompareTo(other.MerchantId);
        return order != 0 ? order : string.CompareOrdinal(one.Number, other.Number);
    }
}
