using System.Globalization;

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
        for (var i = 0; i < words.Length; i += 2)
        {
            var value = i + 1 < words.Length ? words[i + 1] : throw new FormatException($"{words[i]} needs a value");
            options = words[i] switch
            {
                "--callers" => options with { Callers = Positive(value) },
                "--seconds" => options with { Seconds = Positive(value) },
                "--payments" => options with { Payments = Positive(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {words[i]}"),
            };
        }

        return options;
    }

    private static int Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new FormatException($"'{text}' is not a positive whole number");
}
