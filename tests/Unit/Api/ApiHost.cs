using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Merchants;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>The merchants' interface on a port of its own, before a desk that the test plays.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string Trades = "/v1/trades";
    public const string Trade = "/v1/trades/T202611200000000001";
    public const string GoodTrade = """{"merchant_order_no":"A-1001","amount":"88.00","currency":"CNY","payer":"member-7"}""";
    public const string GoodPayment = """{"method":"quick","payer_account":"1"}""";

    private readonly WebApplication _app;

    public ApiHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<ITradeDesk>(Desk).AddSingleton<IMerchantDirectory, StubMerchants>().AddSingleton(ApiOrders.Messages).AddMerchantApi();
        _app = builder.Build();
        _app.RefuseTheRest();
        _app.MapMerchantApi();
    }

    internal StubDesk Desk { get; } = new();

    public HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>A request that is in order, for the test to spoil.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StubMerchants.Key);
        request.Headers.Add("X-Request-Id", "r-1");
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", "k-1");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? body) => Client.SendAsync(Request(HttpMethod.Post, path, body));

    public Task<HttpResponseMessage> GetAsync(string path) => Client.SendAsync(Request(HttpMethod.Get, path));

    /// <summary>Checks that the answer is a problem in every respect, and returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal($"https://payment-engine.dev/problems/{code}", problem.GetProperty("type").GetString());
        Assert.NotEqual(string.Empty, problem.GetProperty("title").GetString());
        Assert.NotEqual(string.Empty, problem.GetProperty("detail").GetString());
        Assert.Equal(answer.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("request_id").GetString());
        return problem;
    }
}
