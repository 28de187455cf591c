using System.Collections.Frozen;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Ledger;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Kinds of no about what gives somebody more to spend.</summary>
internal static class ChangeProblems
{
    private static readonly FrozenDictionary<string, ProblemCode> ByCode = new ProblemCode[]
    {
        new(ChangeRefusals.NotFound, 404, false, "No such change", "Nobody has asked for a change of this number."),
        LedgerProblems.AccountNotFound,
        LedgerProblems.CustomerNotFound,
        LedgerProblems.HoldNotFound,
        new(SecondPerson.Needed, 403, false, "A second person is needed",
            "Whoever asked for it can neither approve nor refuse it. Another person does, with a key of his own."),
        new(SecondPerson.ContentDiffers, 409, false, "That is not its content", "Read the change again, and approve the content_hash of what you see."),
        new(SecondPerson.ContentChanged, 409, false, "Its content was changed",
            "What is stored is not what was asked for. It cannot be done; refuse it, and find out who did that."),
        new(Objection.Refused.Code(Noun), 409, false, "The change was refused", "Ask for it anew."),
        new(Objection.Approved.Code(Noun), 409, false, "The change was approved", "It is done, or will be in a moment."),
        new(ChangeRefusals.ChangedMeanwhile, 409, false, "It has changed meanwhile",
            "What it would change is not any more as it was when it was asked for. Refuse it, and ask for it anew."),
        new(ChangeRefusals.LedgerKeyConflict, 409, false, "The ledger has something else under its key", "Refuse it and ask for it anew."),
        new(ChangeDecision.NeedsNoSecondPerson, 409, false, "It needs no second person",
            "It gives nobody more than there is: one person does that at once, with PUT credit-line or PUT class."),
        new(ChangeDecision.AccountStatus, 409, false, "Its status does not allow that", "Only what is frozen is unfrozen, and what is closed stays as it is."),
        new(ChangeDecision.CurrencyDiffers, 409, false, "It is in another currency", "The amount must be in the currency of the account."),
        new(ChangeDecision.NoSuchClass, 409, false, "No such class", "Classes are I, II and III."),
        new(ChangeDecision.NotVerified, 409, false, "Not verified", "Too few have vouched for the customer for this class."),
        new(ChangeDecision.HoldExceeded, 409, false, "There is less left of the hold", "Nothing was done."),
        ProblemCodes.IdempotencyKeyReused,
    }.ToFrozenDictionary(problem => problem.Code);

    private const string Noun = "change";

    /// <summary>Of what one person wanted to do at once, and gives somebody more to spend.</summary>
    public static Problem NotByOne { get; } =
        Problem.Of(ByCode[SecondPerson.Needed], "It gives more to spend than there is. Ask for it with POST /ops/v1/ledger/changes; another person agrees to it.");

    public static Problem Of(string code) => Problem.Of(ByCode[code]);
}
