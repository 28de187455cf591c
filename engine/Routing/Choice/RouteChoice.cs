using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>Asks the router that is in force about a leg, and says in the words of orders what came of it.</summary>
public sealed class RouteChoice(Func<Router> inForce, IRouteConditions conditions, BusinessCalendar calendar) : IChannelChoice
{
    /// <summary>The card was without money too often lately (C9).</summary>
    public const string CardIsSpent = "too_many_insufficient_funds";

    private static readonly Dictionary<string, ScriptInForce> NoScripts = [];

    /// <summary>As is chosen while operations have said nothing.</summary>
    public static RouteChoice Derived(EngineDirectory directory, IRouteConditions conditions, BusinessCalendar calendar)
    {
        var router = new Router(new SetupCompiler(NoScripts, calendar, directory).Compile(DerivedSetup.Of(directory), DerivedSetup.Version));
        return new RouteChoice(() => router, conditions, calendar);
    }

    public Route Choose(in RouteRequest request)
    {
        var facts = FactsOfLeg.Of("pay", request.Family.Trade, request.Leg, request.Directory, request.Now, calendar);
        if (conditions.IsSpent(facts.Card))
        {
            return Route.None(CardIsSpent);
        }

        var known = Known(request);
        var route = Choose(request, facts, known);
        return route.Channel is null && known.WithoutMemories is var forgetful && !ReferenceEquals(forgetful, known)
            ? Choose(request, facts, forgetful)
            : route;
    }

    public Hold? HoldOf(in HoldRequest request)
    {
        var leg = request.Family.Instruction(request.Order.InstructionId);
        return inForce().Table.Find(request.Directory.Channel(request.Order.ChannelId).Code) is { } channel
            ? RefundHold.Of(channel, FactsOfLeg.Of("refund", request.Family.Trade, leg, request.Directory, request.Now, calendar), request.Now)
            : null;
    }

    private Route Choose(in RouteRequest request, RouteFacts facts, IRouteConditions known)
    {
        IReadOnlyCollection<string> tried = TriedCodes(request);
        while (true)
        {
            var decision = inForce().Route(new RouteQuestion(facts, request.Now, known, tried));
            if (decision.Channel is not { } channel)
            {
                return Route.None(explanation: decision.Explanation);
            }

            if (request.Directory.FindChannel(channel.Code) is { } settings)
            {
                return Route.To(settings, decision.Interface!.Code, decision.Explanation, Claims(decision.Interface, settings.Id, facts), decision.GiveBack);
            }

            // It was put into force a moment after this decision began.
            decision.GiveBack();
            tried = [.. tried, channel.Code];
        }
    }

    /// <summary>With what the database has just said to this decision.</summary>
    private IRouteConditions Known(in RouteRequest request)
    {
        foreach (var counter in request.Full)
        {
            conditions.NoteFull(counter, request.Leg.Amount.Minor);
        }

        return request.Full.Count == 0 ? conditions : new RefusedLimits(conditions, request.Full, request.Directory);
    }

    private static LimitClaim[] Claims(InterfacePlan chosen, int channel, RouteFacts facts) => chosen.Limits.Length == 0
        ? []
        : [.. chosen.Limits
            .Where(limit => limit.HasCounter && limit.Concerns(facts))
            .Select(limit => new LimitClaim(limit.CounterOf(channel, chosen, facts), limit.IsBusy, limit.Amount, limit.Count))];

    private static string[] TriedCodes(RouteRequest request) => request.Tried.Count == 0
        ? []
        : [.. request.Tried.Select(id => request.Directory.Channel(id).Code)];
}
