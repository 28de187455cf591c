using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Book;
using PaymentEngine.Tests.Unit.Workflows;

namespace PaymentEngine.Tests.Unit.Routing.Book;

/// <summary>A book in the making: versions and activations, a minute apart, without a database.</summary>
internal sealed class Shelf
{
    private readonly List<RoutingActivation> _activations = [];
    private readonly Dictionary<RoutingVersionId, RoutingVersion> _versions = [];

    public static EngineDirectory Directory { get; } = Of("A", "B");

    public DateTimeOffset Now { get; private set; } = Scene.Noon;

    public RoutingHeads Heads => new(_activations.Count, _activations, _versions);

    public static EngineDirectory Of(params string[] channels) => new(
        [], [.. channels.Select((code, i) => new FakeWorld().Channel with { Id = i + 1, Code = code, Methods = [PaymentMethod.Quick], Priority = 7 })], []);

    public static string Setup(string score) =>
        $"""
        classes:
          - mode: quick
            channels: [A]
        channels:
          - code: A
            priority: {score}
            interfaces:
              - code: pay
                operation: pay
        """;

    public Shelf Write(RoutingItem item, int version, string text)
    {
        _versions[new(item, version)] = new RoutingVersion(item, version, text, string.Empty, "li", Now);
        return this;
    }

    /// <summary>Writes it and puts it into force.</summary>
    public Shelf Activate(RoutingItem item, int version, string text, int share = 100, TimeSpan later = default)
    {
        Write(item, version, text);
        _activations.Add(Asked(item, version, share, later) with { Approval = new RoutingVerdict("wu", Now) });
        Now = Now.AddMinutes(1);
        return this;
    }

    public RoutingActivation Asked(RoutingItem item, int version, int share = 100, TimeSpan later = default) =>
        new(_activations.Count + 1, item, version, share, Now + later, IsRollback: false, string.Empty, "li", Now);
}
