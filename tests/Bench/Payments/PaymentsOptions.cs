using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Payments;

internal sealed record PaymentsOptions
{
    public const string Usage = """
        ./bench payments [options]
          --connections N   connections of the closed loop (256)
          --seconds N       length of the measurement at full load (60)
          --existing N      orders made before it (300000)
          --retry-pause MS  pause after an answer 503 (50)
          --broker          the full path: an institution over HTTP that calls back, RabbitMQ, the merchant told
          --engine DLL      another build of the engine
          --json FILE       write all figures
          --quick           short phases, for trying out; no result to quote
        """;

    public bool Quick { get; private init; }
    public bool Broker { get; private init; }
    public int Connections { get; private init; } = 256;
    public int Seconds { get; private init; } = 60;
    public int Existing { get; private init; } = 300_000;
    public int RetryPauseMs { get; private init; } = 50;
    public string EngineDll { get; private init; } = EngineProgram.DefaultDll;
    public string? JsonPath { get; private init; }

    public int TpcbScale => Quick ? 10 : 50;
    public int TpcbSeconds => Quick ? 5 : 30;
    /// <summary>A run that takes longer is stuck.</summary>
    public int LimitSeconds => 300 + Seconds;

    public int OpenLoopSeconds => Quick ? 5 : 20;

    public static PaymentsOptions Parse(string[] arguments)
    {
        var quick = arguments.Contains("--quick");
        var options = quick ? new PaymentsOptions { Quick = true, Seconds = 10, Existing = 10_000 } : new PaymentsOptions();
        options = options with { Broker = arguments.Contains("--broker") };
        var words = arguments.Where(argument => argument is not ("--quick" or "--broker")).ToArray();
        foreach (var (name, value) in OptionWords.Pairs(words))
        {
            options = name switch
            {
                "--connections" => options with { Connections = OptionWords.Positive(value) },
                "--seconds" => options with { Seconds = OptionWords.Positive(value) },
                "--existing" => options with { Existing = OptionWords.Positive(value) },
                "--retry-pause" => options with { RetryPauseMs = OptionWords.Positive(value) },
                "--engine" => options with { EngineDll = Path.GetFullPath(value) },
                "--json" => options with { JsonPath = Path.GetFullPath(value) },
                _ => throw new FormatException($"unknown option {name}"),
            };
        }

        return options;
    }
}
