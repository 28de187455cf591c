using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;
using PaymentEngine.Scripting;

namespace PaymentEngine.Tests.Unit.Routing;

/// <summary>A transaction, a few channels, and the conditions of the moment, of which a test changes what it is about.</summary>
internal static class Scene
{
    public static readonly BusinessCalendar Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    /// <summary>A Friday.</summary>
    public static readonly DateTimeOffset Noon = Calendar.MomentOf(new DateOnly(2026, 11, 20), new TimeOnly(12, 0));

    public static RouteFacts Facts(DateTimeOffset? now = null) => new()
    {
        Operation = "pay",
        Merchant = "M1",
        Member = "P1",
        Mode = "quick",
        Amount = new Money(88_00, Currency.Parse("CNY")),
        OrderNo = "A-1",
        LocalTime = TimeZoneInfo.ConvertTime(now ?? Noon, Calendar.Zone).DateTime,
        Card = "card-1",
        TargetInstitution = "CMB",
        DebitCredit = "debit",
    };

    public static RoutedChannel Channel(string code, decimal priority = 100, decimal weight = 100) => new()
    {
        Code = code,
        Priority = [new Score { Category = "base", Value = priority }],
        Weight = [new Score { Category = "base", Value = weight }],
        Interfaces = [Interface()],
    };

    public static RoutedInterface Interface(string code = "pay") => new() { Code = code, Operation = "pay" };

    public static RoutingSetup Setup(params RoutedChannel[] channels) => new()
    {
        Classes = [new PaymentClass { Mode = "quick", Channels = [.. channels.Select(channel => channel.Code)] }],
        Channels = channels,
    };

    public static RouteTable Table(RoutingSetup setup, params ScriptInForce[] scripts) =>
        new SetupCompiler(scripts.ToDictionary(script => script.Name), Calendar).Compile(setup, version: 7);

    public static Router Router(params RoutedChannel[] channels) => new(Table(Setup(channels)));

    public static ScriptInForce Script(string name, string text, int version = 1) =>
        new(name, new ScoreScript(version, RuleScript.Compile(text, ScoreModel.Schema)));

    public static RouteDecision Route(this Router router, RouteFacts? facts = null, Conditions? conditions = null, params string[] tried) =>
        router.Route(new RouteQuestion(facts ?? Facts(), Noon, conditions ?? new Conditions(), tried));
}

/// <summary>All is well, but for what a test says.</summary>
internal sealed class Conditions : IRouteConditions
{
    public Dictionary<string, int> Health { get; } = [];

    public HashSet<string> DueForAProbe { get; } = [];

    public Dictionary<string, int> Backlog { get; } = [];

    public HashSet<string> WithoutCover { get; } = [];

    public HashSet<(string Card, string Channel)> Failed { get; } = [];

    public HashSet<string> FullLimits { get; } = [];

    public Dictionary<string, decimal> Volume { get; } = [];

    public int HealthOf(string channel, string? institution) => Health.GetValueOrDefault(channel);

    public bool MayProbe(string channel, string? institution) => DueForAProbe.Remove(channel);

    public int BacklogOf(string channel) => Backlog.GetValueOrDefault(channel);

    public bool Covers(string channel, RouteFacts facts) => !WithoutCover.Contains(channel);

    public bool FailedForCard(string card, string channel) => Failed.Contains((card, channel));

    public bool IsSpent(string card) => false;

    public bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts) => !FullLimits.Contains(limit.Rule.Name);

    public IRouteConditions WithoutMemories => new Conditions();

    public void NoteFull(in LimitCounter counter, long amount)
    {
    }

    public decimal VolumeOf(string channel) => Volume.GetValueOrDefault(channel);
}
