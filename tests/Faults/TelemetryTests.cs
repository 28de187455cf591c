using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace PaymentEngine.Tests.Faults;

/// <summary>An engine with a collector tells it what it does; one without tells nobody.</summary>
public sealed class TelemetryTests
{
    private const string OneTrade = """
        {"merchant_order_no":"T-1","amount":"88.00","currency":"CNY","payer":"member-7","payment":{"method":"quick","payer_account":"6222020000000001"}}
        """;

    [Fact]
    public async Task Metrics_and_traces_arrive_at_the_collector_that_is_configured()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await World.CreateAsync();
        world.Settings.Environment["Telemetry__OtlpEndpoint"] = collector.Address;
        await using (var engine = await EngineProcess.StartAsync(world.Settings))
        {
            using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
            var answer = await merchant.PostAsync("/v1/trades", "key-1", OneTrade);
            Assert.Equal(201, answer.Status);
            Assert.Equal(0, await engine.TerminateAsync());
        }

        // The last are sent while the engine stops.
        Assert.Contains("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", collector.Calls.Keys);
        Assert.Contains("/opentelemetry.proto.collector.trace.v1.TraceService/Export", collector.Calls.Keys);
        Assert.Contains(collector.Calls.Values, body => Holds(body, "payment_engine.commit.units"));
    }

    private static bool Holds(byte[] body, string text) => body.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>As much of an OTLP collector as it takes to receive: gRPC over HTTP/2 without TLS.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private static readonly byte[] EmptyMessage = new byte[5];

        public ConcurrentDictionary<string, byte[]> Calls { get; } = new();

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.ReceiveAsync);
            await app.StartAsync();
            return collector;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        private async Task ReceiveAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Calls.AddOrUpdate(context.Request.Path, body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(EmptyMessage);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
