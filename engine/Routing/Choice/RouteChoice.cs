using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>Asks the router about a leg, and says in the words of orders what came of it.</summary>
public sealed class RouteChoice(Router router, IRouteConditions conditions, BusinessCalendar calendar) : IChannelChoice
{
    private static readonly string[] NotTried = [];
    private static readonly Dictionary<string, ScriptInForce> NoScripts = [];

    /// <summary>As is chosen while operations have said nothing.</summary>
    public static RouteChoice Derived(EngineDirectory directory, IRouteConditions conditions, BusinessCalendar calendar) => new(
        new Router(new SetupCompiler(NoScripts, calendar).Compile(DerivedSetup.Of(directory), DerivedSetup.Version)), conditions, calendar);

    public Route Choose(in RouteRequest request)
    {
        var facts = FactsOfLeg.Of("pay", request.Family.Trade, request.Leg, request.Directory, request.Now, calendar);
        var question = new RouteQuestion(facts, request.Now, conditions, TriedCodes(request));
        var decision = router.Route(question);
        return decision.Channel is { } channel && request.Directory.FindChannel(channel.Code) is { } settings
            ? Route.To(settings, decision.Interface!.Code, decision.Explanation, [], decision.GiveBack)
            : Route.None(explanation: decision.Explanation);
    }

    public Hold? HoldOf(in HoldRequest request)
    {
        var leg = request.Family.Instruction(request.Order.InstructionId);
        return router.Table.Find(request.Directory.Channel(request.Order.ChannelId).Code) is { } channel
            ? RefundHold.Of(channel, FactsOfLeg.Of("refund", request.Family.Trade, leg, request.Directory, request.Now, calendar), request.Now)
            : null;
    }

    private static IReadOnlyCollection<string> TriedCodes(RouteRequest request) => request.Tried.Count == 0
        ? NotTried
        : [.. request.Tried.Select(id => request.Directory.Channel(id).Code)];
}
