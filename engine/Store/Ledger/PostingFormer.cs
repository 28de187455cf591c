using PaymentEngine.Core;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Store.Ledger;

/// <summary>Two postings with one key, or that take back the same one, never share a batch.</summary>
internal sealed class PostingFormer(int maximum) : BatchFormer<PendingPosting>(maximum)
{
    private readonly HashSet<string> _keys = [];
    private readonly HashSet<OrderId> _reversed = [];

    protected override void Forget()
    {
        _keys.Clear();
        _reversed.Clear();
    }

    protected override bool IsAlone(PendingPosting pending)
    {
        var reverses = pending.Posting.Reverses;
        return (reverses.IsNone || !_reversed.Contains(reverses)) && _keys.Add(pending.Asked.Key) && (reverses.IsNone || _reversed.Add(reverses));
    }
}
