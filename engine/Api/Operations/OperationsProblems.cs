using System.Collections.Frozen;
using PaymentEngine.Api.Problems;
using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Runtime.GeneralLedger;
using PaymentEngine.Runtime.Reroutes;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Workflows.Decisions;

namespace PaymentEngine.Api.Operations;

/// <summary>Kinds of no that only operations meet.</summary>
internal static class OperationsProblems
{
    private const int MostErrors = 100;

    public static readonly ProblemCode RoleMissing = new(
        "role_missing", 403, false, "Your key does not allow this", "Roles are view, edit and approve; a key has some of them.");

    /// <summary>Of a setup or a script: each of errors names a place in it.</summary>
    public static readonly ProblemCode RoutingUnfit = new(
        "routing_unfit", 422, false, "It does not hold together", "Each of errors says where, and what is wrong there. Nothing was changed.");

    /// <summary>Each of errors names a line of the template, and a place in its amount.</summary>
    public static readonly ProblemCode TemplateUnfit = new(
        "template_unfit", 422, false, "The template does not hold together", "Each of errors says where, and what is wrong there. Nothing was changed.");

    private static readonly FrozenDictionary<string, ProblemCode> ByCode = new ProblemCode[]
    {
        new(RerouteRefusals.SecondPersonNeeded, 403, false, "A second person is needed",
            "Whoever asked for it cannot approve it. Another person approves it with a key of his own."),
        new(RerouteRefusals.TradeNotFound, 404, false, "No such trade", "There is no trade of that number."),
        new(RerouteRefusals.OrderNotFound, 404, false, "No such order", "The trade has no institution order of that number."),
        new(RerouteRefusals.RequestNotFound, 404, false, "No such request", "Nobody has asked for a reroute of that number."),
        new(HandRerouteDecision.NotAPayIn, 409, false, "Not a pay-in", "What is given back goes back the way on which it came."),
        new(HandRerouteDecision.OrderNotFailed, 409, false, "The order has not failed for certain",
            "It may still move money, or it has: nothing is sent elsewhere for it."),
        new(HandRerouteDecision.EvidenceContradicted, 409, false, "The order does not show that",
            "not_sent is for an order of which nothing was ever sent, the others are for orders that their institution knew."),
        new(HandRerouteDecision.AlreadyRerouted, 409, false, "The order was rerouted already", "Another order was made after this one."),
        new(HandRerouteDecision.TradeChanged, 409, false, "The trade has changed", "The merchant has changed amount, payer or payee since."),
        new(HandRerouteDecision.TradeNotWaiting, 409, false, "The trade does not wait for a payment",
            "It is paid, closed or being closed, or another payment of it is under way."),
        new(HandRerouteDecision.TradeExpired, 409, false, "The trade has expired", "No payment starts after expires_at."),
        new(RerouteRefusals.TooManyPayments, 409, false, "The trade has had too many payments", "A new order number opens a new trade."),
        new(RerouteRefusals.NoOtherChannel, 409, true, "No other channel", "None that is enabled carries this payment method."),
        new(RerouteRefusals.OrderNotInProgress, 409, false, "The order is not in progress",
            "It is final, or nothing of it was sent yet: there is nothing to ask about."),
        new(RoutingRefusals.VersionNotFound, 404, false, "No such version", "Nobody has written a version of that number."),
        new(RoutingRefusals.ActivationNotFound, 404, false, "No such activation", "Nobody has asked for an activation of that number."),
        new(RoutingRefusals.ActivationWithdrawn, 409, false, "The activation was withdrawn", "Ask for it anew."),
        new(RoutingRefusals.ActivationInForce, 409, false, "The activation is in force", "What has been in force is history. Roll it back instead."),
        new(RoutingRefusals.NothingActive, 409, false, "No version is active", "A trial stands beside an active version."),
        new(RoutingRefusals.FromIsPast, 409, false, "The moment is past", "Leave from out to begin with the approval, or name a moment to come."),
        new(RoutingRefusals.NeverInForce, 409, false, "The version was never in force", "Ask for its activation; another person agrees to it."),
        new(RoutingRefusals.NothingToRollBack, 409, false, "There is nothing to roll back", "No version has been in force."),
        new(TemplateRefusals.NotFound, 404, false, "No such template", "The kind has no template of that version."),
        ProblemCodes.IdempotencyKeyReused,
        ProblemCodes.Unavailable,
    }.ToFrozenDictionary(problem => problem.Code);

    public static Problem Of(string refusal) => Problem.Of(ByCode[refusal]);

    public static Problem Of(IReadOnlyList<TemplateError> errors) => Problem.Of(
        TemplateUnfit, errors: [.. errors.Take(MostErrors).Select(error => new FieldError(PathOf(error), "unfit", error.Message, error.At?.Line, error.At?.Column))]);

    private static string PathOf(TemplateError error) => error switch
    {
        { Line: { } line, Field: { } field } => $"lines[{line}].{field}",
        { Line: { } line } => $"lines[{line}]",
        _ => "lines",
    };

    public static Problem Of(IReadOnlyList<SetupError> errors) => Problem.Of(
        RoutingUnfit, errors: [.. errors.Take(MostErrors).Select(error => new FieldError(error.Path, "unfit", error.Message, error.Line, error.Column))]);
}
