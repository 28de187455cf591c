namespace PaymentEngine.Routing.Conditions;

/// <summary>
/// What a row of results does to a dynamic weight (C6), whatever the weight was: a step down for each failure and a step
/// up for each success, every single one held between the best and the worst. Two rows one after the other are such a
/// row again; so each node counts by itself, and what it counted is added to what all know, later and exactly.
/// </summary>
public readonly record struct HealthSteps
{
    public const int Best = 0;
    public const int Worst = -20;

    public static readonly HealthSteps None = new(0, Worst, Best);
    public static readonly HealthSteps Success = new(1, Worst, Best);
    public static readonly HealthSteps Failure = new(-1, Worst, Best);

    private HealthSteps(int sum, int floor, int ceiling) => (Sum, Floor, Ceiling) = (sum, floor, ceiling);

    public int Sum { get; }

    /// <summary>What comes out at least.</summary>
    public int Floor { get; }

    /// <summary>What comes out at most.</summary>
    public int Ceiling { get; }

    public bool IsNone => this == None;

    public int From(int health) => Math.Clamp(health + Sum, Floor, Ceiling);

    /// <summary>Beyond the whole range a sum makes no difference.</summary>
    public HealthSteps Then(HealthSteps next) =>
        new(Math.Clamp(Sum + next.Sum, Worst - Best, Best - Worst), next.From(Floor), next.From(Ceiling));
}
