using System.Collections.Frozen;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Ledger;

/// <summary>Kinds of no about the ledger.</summary>
internal static class LedgerProblems
{
    public static readonly ProblemCode AccountNotFound = new(
        "account_not_found", 404, false, "No such account", "There is no account of this number; a sub-account is read through its account.");

    public static readonly ProblemCode CustomerNotFound = new("customer_not_found", 404, false, "No such customer", "There is no customer of this number.");

    public static readonly ProblemCode PostingNotFound = new(
        AdjustmentRefusals.PostingNotFound, 404, false, "No such posting", "Nothing was posted under this number.");

    public static readonly ProblemCode OrderNotFound = new("order_not_found", 404, false, "No such order", "This is not the number of an order.");

    public static readonly ProblemCode HoldNotFound = new("hold_not_found", 404, false, "No such hold", "Nothing is held under this number.");

    public static readonly ProblemCode NotTransit = new(
        "not_a_transit_account", 409, false, "Not a transit account", "Items that are under way lie on transit accounts and in suspense.");

    public static readonly ProblemCode DayNotFound = new("day_not_found", 404, false, "No such day", "The ledger has not had this day, or has not come to it yet.");

    public static readonly ProblemCode DayNotClosable = new(
        "day_not_closable", 409, true, "The day cannot be closed", "What stands against it is named. The engine tries again by itself.");

    public static readonly ProblemCode DayBusy = new("day_busy", 409, true, "Somebody is closing a day", "Look at it again in a moment.");

    public static readonly ProblemCode DayNotItsTurn = new(
        "day_not_its_turn", 409, false, "It is not this day's turn", "A day is closed when it is over and every day before it is closed.");

    public static readonly ProblemCode SecondPersonNeeded = new(
        ProposalRefusals.SecondPersonNeeded, 403, false, "A second person is needed",
        "Whoever asked for it can neither approve nor refuse it. Another person does, with a key of his own.");

    private static readonly FrozenDictionary<PostingRefusalReason, ProblemCode> OfTheLedger = new Dictionary<PostingRefusalReason, ProblemCode>
    {
        [PostingRefusalReason.Overdraft] = OfLedger(PostingRefusalReason.Overdraft, "There is not enough on the account"),
        [PostingRefusalReason.AccountFrozen] = OfLedger(PostingRefusalReason.AccountFrozen, "The account is frozen"),
        [PostingRefusalReason.AccountClosed] = OfLedger(PostingRefusalReason.AccountClosed, "The account is closed"),
        [PostingRefusalReason.AlreadyPosted] = OfLedger(PostingRefusalReason.AlreadyPosted, "It is posted already"),
        [PostingRefusalReason.BalanceOverflow] = OfLedger(PostingRefusalReason.BalanceOverflow, "The balance would not fit"),
        [PostingRefusalReason.AccountUnknown] = OfLedger(PostingRefusalReason.AccountUnknown, "There is no such account"),
        [PostingRefusalReason.AccountBusy] = OfLedger(PostingRefusalReason.AccountBusy, "The account is busy", retryable: true),
        [PostingRefusalReason.HoldUnknown] = OfLedger(PostingRefusalReason.HoldUnknown, "There is no such hold"),
        [PostingRefusalReason.HoldExceeded] = OfLedger(PostingRefusalReason.HoldExceeded, "There is less left of the hold"),
        [PostingRefusalReason.CustomerLimit] = OfLedger(PostingRefusalReason.CustomerLimit, "The customer's limit is used up"),
        [PostingRefusalReason.AlreadyReversed] = OfLedger(PostingRefusalReason.AlreadyReversed, "The posting was taken back already"),
        [PostingRefusalReason.NotReversible] = OfLedger(PostingRefusalReason.NotReversible, "The posting cannot be taken back"),
        [PostingRefusalReason.Unbalanced] = OfLedger(PostingRefusalReason.Unbalanced, "It does not balance"),
    }.ToFrozenDictionary();

    public static Problem Of(PostingRefusalReason reason, string detail) => Problem.Of(OfTheLedger[reason], detail);

    /// <summary>Of what one person wanted to do at once, and gives somebody more to spend.</summary>
    public static Problem NotByOne { get; } = Problem.Of(
        SecondPersonNeeded, "It gives more to spend than there is. Ask for it with POST /ops/v1/ledger/changes; another person agrees to it.");

    /// <summary>The desk names it, and says why.</summary>
    public static Problem Of(AccountResult.Refused refusal) =>
        Problem.Of(new ProblemCode(refusal.Code, 409, false, "It cannot be changed like that", "The detail says why. Nothing was changed."), Sentence(refusal.Detail));

    private static ProblemCode OfLedger(PostingRefusalReason reason, string title, bool retryable = false) =>
        new(SnakeCase.Of(reason), 409, retryable, title, "The detail says where. Nothing was booked.");

    private static string Sentence(string detail) => detail is [var first, ..] ? $"{char.ToUpperInvariant(first)}{detail[1..]}." : detail;
}
