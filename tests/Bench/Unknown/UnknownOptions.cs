using System.Globalization;

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
        for (var i = 0; i < words.Length; i += 2)
        {
            var value = i + 1 < words.Length ? words[i + 1] : throw new FormatException($"{words[i]} needs a value");
            options = words[i] switch
            {
                "--orders" => options with { Orders = Positive(value) },
                "--connections" => options with { Connections = Positive(value) },
                "--seconds" => options with { Seconds = Positive(value) },
                "--windows" => options with { Windows = Positive(value) },
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
