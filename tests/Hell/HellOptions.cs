namespace PaymentEngine.Tests.Hell;

/// <summary>What a run is made of; the seed decides the rest.</summary>
internal sealed record HellOptions
{
    public int Orders { get; init; } = 10_000;

    public int Seed { get; init; } = 1;

    /// <summary>
    /// How many times faster than life the bank's delays and our questions are. The calls themselves take the time they
    /// take: the faster, the fewer numbers are sent again while the bank still hides them.
    /// </summary>
    public int Speed { get; init; } = 300;

    /// <summary>A day of the bank.</summary>
    public TimeSpan Day => TimeSpan.FromDays(1) / Speed;

    /// <summary>Questions go on for longer than the slowest honest bank takes (C12: the last round is on T+1).</summary>
    public TimeSpan LastAge => TimeSpan.FromHours(26) / Speed;

    /// <summary>How long after its last word a bank may still call back by itself.</summary>
    public TimeSpan LatestCallback => TimeSpan.FromMinutes(75) / Speed;

    public static HellOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new HellOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out var number) && number > 0
                ? number
                : throw new FormatException($"{arguments[i]} needs a number above 0");
            options = arguments[i] switch
            {
                "--orders" => options with { Orders = value },
                "--seed" => options with { Seed = value },
                "--speed" => options with { Speed = value },
                _ => throw new FormatException($"{arguments[i]} is not an option"),
            };
        }

        return options;
    }
}
