using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.GeneralLedger;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Runtime.Upkeep;
using PaymentEngine.Store.Commit;

namespace PaymentEngine.Host;

/// <summary>
/// Metrics and traces over OTLP, from the meters and activity sources that the framework, the driver and the engine
/// have built in. Nothing is collected unless an endpoint is configured.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", CommitMetrics.MeterName,
         CallbackMetrics.MeterName, BusMetrics.MeterName, WorkWatch.MeterName,
         VoucherMetrics.MeterName];

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration, NodeIdentity node)
    {
        if (configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()?.OtlpEndpoint is not { Length: > 0 } address)
        {
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new UnfitSettingException($"{TelemetryOptions.Section}:OtlpEndpoint: '{address}' is not an http or https address");
        }

        services.AddHostedService(_ => new Exporter(endpoint, node));
    }

    private sealed class Exporter(Uri endpoint, NodeIdentity node) : IHostedService
    {
        private MeterProvider? _meters;
        private TracerProvider? _tracers;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("payment-engine", serviceInstanceId: $"{node.Name}-{node.Id}");
            _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
                .AddOtlpExporter(otlp => otlp.Endpoint = endpoint).Build();
            _tracers = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
                .AddOtlpExporter(otlp => otlp.Endpoint = endpoint).Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _meters?.Dispose();
            _tracers?.Dispose();
            return Task.CompletedTask;
        }
    }
}

/// <summary>Section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where metrics and traces go; nowhere without it.</summary>
    public string? OtlpEndpoint { get; set; }
}
