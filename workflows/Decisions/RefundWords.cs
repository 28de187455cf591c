using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Workflows.Decisions;

/// <summary>What a merchant's refund is called in the books and to the merchant: a void is a refund under names of its own (O9).</summary>
public sealed record RefundWords(PostingKind Taken, PostingKind Paid, PostingKind Returned, NotificationKind Done, NotificationKind NotDone)
{
    private static readonly RefundWords Refund = new(
        PostingKind.RefundTaken, PostingKind.RefundPaid, PostingKind.RefundReturned, NotificationKind.RefundSucceeded, NotificationKind.RefundFailed);

    private static readonly RefundWords Void = new(
        PostingKind.VoidTaken, PostingKind.VoidPaid, PostingKind.VoidReturned, NotificationKind.VoidSucceeded, NotificationKind.VoidFailed);

    public static RefundWords Of(PaymentOrder refund) => refund.Terms!.Kind == RefundKind.Void ? Void : Refund;
}
