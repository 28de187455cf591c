namespace PaymentEngine.Routing.Book;

/// <summary>What has versions of its own: the setup, or a script by its name.</summary>
public readonly record struct RoutingItem
{
    /// <summary>There is one, so it has no name.</summary>
    public static readonly RoutingItem Setup = new(string.Empty);

    private RoutingItem(string name) => Name = name;

    public string Name { get; }

    public bool IsSetup => Name.Length == 0;

    /// <summary>As it is stored and told.</summary>
    public string Kind => IsSetup ? "setup" : "script";

    public static RoutingItem Script(string name) => name.Length > 0 ? new(name) : throw new ArgumentException("a script has a name", nameof(name));

    public static RoutingItem Of(string kind, string name) => kind == Setup.Kind ? Setup : Script(name);

    public override string ToString() => IsSetup ? "the setup" : $"the script {Name}";
}

public readonly record struct RoutingVersionId(RoutingItem Item, int Version);

/// <summary>A text that somebody has written. It never changes; whether it decides is said by activations.</summary>
public sealed record RoutingVersion(RoutingItem Item, int Version, string Text, string Comment, string MadeBy, DateTimeOffset MadeAt)
{
    public RoutingVersionId Id => new(Item, Version);
}
