using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Routing;

internal sealed record RoutingOptions
{
    public const string Usage = """
        ./bench routing [options]
          --decisions N     decisions that are measured, in turn with the hand-written loop (200000)
          --json FILE       write all figures
        """;

    public int Decisions { get; private init; } = 200_000;
    public string? JsonPath { get; private init; }

    public static RoutingOptions Parse(string[] words)
    {
        var options = new RoutingOptions();
        foreach (var (name, value) in OptionWords.Pairs(words))
        {
            options = name switch
            {
                "--decisions" => options with { Decisions = OptionWords.Positive(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {name}"),
            };
        }

        return options;
    }
}
