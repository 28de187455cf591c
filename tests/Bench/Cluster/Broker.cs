using System.Globalization;

namespace PaymentEngine.Bench.Cluster;

/// <summary>The private RabbitMQ that the script started.</summary>
internal sealed record Broker(string ConnectionString, int ProcessId, string Version)
{
    public static Broker FromEnvironment() => new(
        Required("ConnectionStrings__Broker"),
        int.Parse(Required("PAYMENT_ENGINE_BENCH_BROKER_PID"), CultureInfo.InvariantCulture),
        Required("PAYMENT_ENGINE_BENCH_BROKER_VERSION"));

    private static string Required(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{variable} is not set; start the benchmark with ./bench, which sets it");
}
