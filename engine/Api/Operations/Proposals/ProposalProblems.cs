using System.Collections.Frozen;
using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Kinds of no about what needs two.</summary>
internal static class ProposalProblems
{
    /// <summary>Each of errors names a leg, or what is captured.</summary>
    private static readonly ProblemCode AdjustmentUnfit = new(
        "adjustment_unfit", 422, false, "It cannot be booked like this", "Each of errors says which leg, or what is captured, and what is wrong with it. Nothing was stored.");

    private static readonly FrozenDictionary<string, ProblemCode> Adjustments = Of(
        ProposalKind.Adjustment,
        LedgerProblems.PostingNotFound,
        new(AdjustmentRefusals.AlreadyReversed, 409, false, "The posting was taken back already", "A posting is taken back once at most."),
        new(AdjustmentRefusals.NotReversible, 409, false, "The posting cannot be taken back", "It takes another one back itself, or moved nothing from one account to another; book what is right instead."),
        new(AdjustmentRefusals.OfAnOrder, 409, false, "The posting follows from an order",
            "What was booked of an order is taken back by what happens to the order: give the payment back, or book the difference with legs of its own."),
        new(AdjustmentRefusals.ItemUnderWay, 409, false, "The order of an item is under way",
            "What happens to the order clears its item; to clear it by hand as well would move the money twice. Look at the item again when the order has ended."),
        new(AdjustmentRefusals.ItemNotOpen, 409, false, "There is not that much open of an item",
            "What it would clear has been cleared meanwhile, or is less than it would take. Refuse it, and look at the item."));

    private static readonly FrozenDictionary<string, ProblemCode> Changes = Of(
        ProposalKind.Change,
        LedgerProblems.AccountNotFound,
        LedgerProblems.CustomerNotFound,
        LedgerProblems.HoldNotFound,
        new(ChangeRefusals.ChangedMeanwhile, 409, false, "It has changed meanwhile",
            "What it would change is not any more as it was when it was asked for. Refuse it, and ask for it anew."),
        new(ChangeDecision.NeedsNoSecondPerson, 409, false, "It needs no second person",
            "It gives nobody more than there is: one person does that at once, with PUT credit-line or PUT class."),
        new(ChangeDecision.AccountStatus, 409, false, "Its status does not allow that", "Only what is frozen is unfrozen, and what is closed stays as it is."),
        new(ChangeDecision.CurrencyDiffers, 409, false, "It is in another currency", "The amount must be in the currency of the account."),
        new(ChangeDecision.NoSuchClass, 409, false, "No such class", "Classes are I, II and III."),
        new(ChangeDecision.NotVerified, 409, false, "Not verified", "Too few have vouched for the customer for this class."),
        new(ChangeDecision.HoldExceeded, 409, false, "There is less left of the hold", "Nothing was done."));

    public static Problem Of(IReadOnlyList<ContentFinding> faults) => Problem.Of(
        AdjustmentUnfit, errors: [.. faults.Select(fault => new FieldError(fault.Field, fault.Code, fault.Message))]);

    public static Problem OfAdjustment(string code) => Problem.Of(Adjustments[code]);

    public static Problem OfChange(string code) => Problem.Of(Changes[code]);

    private static FrozenDictionary<string, ProblemCode> Of(ProposalKind kind, params IEnumerable<ProblemCode> own) => own.Concat(
    [
        new(ProposalRefusals.NotFound(kind), 404, false, $"No such {kind.Noun}", $"Nobody has asked for {kind.One} of this number."),
        LedgerProblems.SecondPersonNeeded,
        new(ProposalRefusals.ContentDiffers, 409, false, "That is not its content", $"Read the {kind.Noun} again, and approve the content_hash of what you see."),
        new(ProposalRefusals.ContentChanged, 409, false, "Its content was changed",
            "What is stored is not what was asked for. It cannot be done; refuse it, and find out who did that."),
        new(ProposalRefusals.IsRefused(kind), 409, false, $"The {kind.Noun} was refused", "Ask for it anew."),
        new(ProposalRefusals.IsApproved(kind), 409, false, $"The {kind.Noun} was approved",
            "It is done, or will be in a moment. What is done is undone by asking for the opposite."),
        new(ProposalRefusals.LedgerKeyConflict, 409, false, "The ledger has something else under its key", "Refuse it and ask for it anew."),
        ProblemCodes.IdempotencyKeyReused,
    ]).ToFrozenDictionary(problem => problem.Code);
}
