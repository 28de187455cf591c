using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Ledger;

internal sealed record LedgerBenchOptions
{
    public const string Usage = """
        ./bench ledger [options]
          --callers N       callers in a closed loop at full load (512)
          --seconds N       length of each measurement (20)
          --entries N       entries that the day has when it ends (2000000)
          --json FILE       write all figures
          --quick           short phases, for trying out; no result to quote
        """;

    public int Callers { get; private init; } = 512;
    public int Seconds { get; private init; } = 20;
    public int Entries { get; private init; } = 2_000_000;
    public string? JsonPath { get; private init; }

    public static LedgerBenchOptions Parse(string[] arguments)
    {
        var options = arguments.Contains("--quick") ? new LedgerBenchOptions { Seconds = 5, Entries = 200_000 } : new LedgerBenchOptions();
        foreach (var (name, value) in OptionWords.Pairs([.. arguments.Where(argument => argument != "--quick")]))
        {
            options = name switch
            {
                "--callers" => options with { Callers = OptionWords.Positive(value) },
                "--seconds" => options with { Seconds = OptionWords.Positive(value) },
                "--entries" => options with { Entries = OptionWords.Positive(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {name}"),
            };
        }

        return options;
    }
}
