using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Ledger;

/// <summary>
/// What a merchant's refund moves (O9): out of his account and our fee into transit, from there to the channel or back.
/// So the transit account shows what is on its way to payers, and nothing else (A9).
/// </summary>
public static class MerchantRefunds
{
    public static bool Moves(PostingKind kind) => kind is >= PostingKind.RefundTaken and <= PostingKind.RefundAfterAll;

    public static Posting Posting(
        PostingKind kind, PaymentOrder refund, TradeFamily family, EngineDirectory directory, OrderId postingId)
    {
        var gross = refund.Amount;
        var fee = refund.Terms!.FeeBack;
        var merchant = (AccountKind.Merchant, family.Trade.MerchantId, gross - fee);
        var income = (AccountKind.FeeIncome, 0, fee);
        var transit = (AccountKind.Transit, 0, gross);
        var channel = (AccountKind.ChannelReceivable, family.InstitutionOrder(refund.RefundOf).ChannelId, gross);
        return new Posting(postingId, refund.Id, kind, kind switch
        {
            PostingKind.RefundTaken or PostingKind.VoidTaken => Legs(from: [merchant, income], to: [transit]),
            PostingKind.RefundPaid or PostingKind.VoidPaid => Legs(from: [transit], to: [channel]),
            PostingKind.RefundReturned or PostingKind.VoidReturned => Legs(from: [transit], to: [merchant, income]),
            PostingKind.RefundAfterAll => Legs(from: [merchant, income], to: [channel]),
            _ => throw new InvalidOperationException($"a {kind} posting is no refund's"),
        });

        List<PostingLeg> Legs((AccountKind, int, Money)[] from, (AccountKind, int, Money)[] to) =>
            [.. from.Select(side => Leg(side, debit: true)).Concat(to.Select(side => Leg(side, debit: false))).OfType<PostingLeg>()];

        PostingLeg? Leg((AccountKind Kind, int Owner, Money Amount) side, bool debit) => side.Amount.IsZero
            ? null
            : new PostingLeg(directory.AccountOf(side.Kind, side.Owner, gross.Currency), debit ? -side.Amount : side.Amount);
    }
}
