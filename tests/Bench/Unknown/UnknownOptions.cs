using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Unknown;

internal sealed record UnknownOptions
{
    public const string Usage = """
        ./bench unknown [options]
          --orders N        orders whose outcome is unknown (100000)
          --connections N   connections of the closed loop of new payments (256)
          --seconds N       length of each window (15)
          --windows N       windows with and as many without the backlog, in turn (3)
          --json FILE       write all figures
        """;

    public int Orders { get; private init; } = 100_000;
    public int Connections { get; private init; } = 256;
    public int Seconds { get; private init; } = 15;
    public int Windows { get; private init; } = 3;
    public string? JsonPath { get; private init; }

    public static UnknownOptions Parse(string[] words)
    {
        var options = new UnknownOptions();
        foreach (var (name, value) in OptionWords.Pairs(words))
        {
            options = name switch
            {
                "--orders" => options with { Orders = OptionWords.Positive(value) },
                "--connections" => options with { Connections = OptionWords.Positive(value) },
                "--seconds" => options with { Seconds = OptionWords.Positive(value) },
                "--windows" => options with { Windows = OptionWords.Positive(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {name}"),
            };
        }

        return options;
    }
}
