using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.InProcess;

internal sealed record InProcessOptions
{
    public const string Usage = """
        ./bench engine [options]
          --callers N       callers in a closed loop (512)
          --seconds N       length of the measurement (40)
          --payments N      measure for as long as N payments take instead, for memory over a long run
          --json FILE       write all figures
          --quick           short phases, for trying out; no result to quote
        """;

    public bool Quick { get; private init; }
    public int Callers { get; private init; } = 512;
    public int Seconds { get; private init; } = 40;
    public int? Payments { get; private init; }
    public string? JsonPath { get; private init; }

    public int TpcbScale => Quick ? 10 : 50;
    public int TpcbSeconds => Quick ? 5 : 30;

    public static InProcessOptions Parse(string[] arguments)
    {
        var options = arguments.Contains("--quick") ? new InProcessOptions { Quick = true, Seconds = 10 } : new InProcessOptions();
        var words = arguments.Where(argument => argument != "--quick").ToArray();
        foreach (var (name, value) in OptionWords.Pairs(words))
        {
            options = name switch
            {
                "--callers" => options with { Callers = OptionWords.Positive(value) },
                "--seconds" => options with { Seconds = OptionWords.Positive(value) },
                "--payments" => options with { Payments = OptionWords.Positive(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {name}"),
            };
        }

        return options;
    }
}
