using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.QueryBack;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Scripts;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>What decisions look at besides orders: one channel, a clock that tests move, and numbers that count up.</summary>
internal sealed class FakeWorld : IOrderNumbers, IChannelChoice
{
    public const int Node = 3;

    public static readonly DateOnly Day = new(2026, 11, 20);

    private long _last;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    /// <summary>What operations' scripts say; the defaults, unless a test says otherwise.</summary>
    public IRouteHooks Hooks { get; init; } = RouteScripts.Defaults;

    public bool ChannelIsThere { get; init; } = true;

    /// <summary>The channel has no number left for today.</summary>
    public bool Exhausted { get; init; }

    public ChannelSettings Channel { get; set; } = new()
    {
        Id = 11,
        Code = "acme",
        Name = "Acme Bank",
        Adapter = "simulator",
        Methods = [PaymentMethod.OnlineBanking],
        Priority = 1,
        Numbers = new NumberRule("11", DateStyle.FullYear, NumberAlphabet.Digits, 20, Fixed: true),
        Queries = QueryPlans.Always(QueryPlan.OnlineBanking),
        Idempotent = true,
    };

    /// <summary>Where a leg may go that failed on the first.</summary>
    public ChannelSettings? Other { get; init; }

    /// <summary>The institution does not promise that a number executes once.</summary>
    public static FakeWorld WithoutPromise() => new() { Channel = new FakeWorld().Channel with { Idempotent = false } };

    /// <summary>The applications of the process that decides next.</summary>
    public ApplicationSet Applications { get; set; } = ApplicationSet.EngineOnly;

    /// <summary>The channel is called by an application of its own, and an engine decides first (C16).</summary>
    public static FakeWorld Apart(ChannelSettings? other = null) =>
        new() { Channel = new FakeWorld().Channel with { Application = "acme-app" }, Other = other };

    public static ChannelSettings Beside(ChannelSettings first) => first with
    {
        Id = 12,
        Code = "best",
        Numbers = new NumberRule("12", DateStyle.FullYear, NumberAlphabet.Digits, 20, Fixed: true),
    };

    /// <summary>A third version of a hook, which operations have put into force.</summary>
    public static RouteScripts Script(string hook, string? script) =>
        script is null ? RouteScripts.Defaults : RouteScripts.Defaults.With([new ScriptVersion(hook, 3, script)]);

    public DecisionContext Context() =>
        new(Now, new EngineDirectory([], Other is null ? [Channel] : [Channel, Other], []), this, this, Hooks, Node, Actor: "test", RequestSerial: "r-1")
        {
            Applications = Applications,
        };

    public OrderId NextId(DateOnly day) => OrderId.Create(day, ++_last);

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    public string NextInstitutionNumber(ChannelSettings channel, DateTimeOffset now) =>
        channel.Numbers.Format(DayOf(now), Exhausted ? channel.Numbers.Capacity + 1 : ++_last);

    /// <summary>The channel is in maintenance.</summary>
    public Hold? Maintenance { get; set; }

    public Hold? HoldOf(in HoldRequest request) => Maintenance;

    public Route Choose(in RouteRequest request)
    {
        var tried = request.Tried;
        return ChannelIsThere && request.Directory.Channels.FirstOrDefault(channel => !tried.Contains(channel.Id)) is { } channel
            ? Route.To(channel)
            : Route.None();
    }
}
