using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Whom the institution calls back: keeps what comes in, byte for byte, and answers as told.</summary>
internal sealed class CallbackCatcher(TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<CallbackRequest>> _first = new();
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    /// <summary>How often to refuse before the first <c>success</c>.</summary>
    public int Refusals { get; set; }

    /// <summary>The first <c>success</c>.</summary>
    public Task Taken => _taken.Task;

    /// <summary>Everything that came in.</summary>
    public ConcurrentQueue<CallbackRequest> All { get; } = new();

    public string Pattern => _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/callbacks/{channel}";

    public async Task ListenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
        await _app.StartAsync();
    }

    /// <summary>The first callback of the number, as the engine would receive it.</summary>
    public Task<CallbackRequest> Of(string number) => First(number).Task;

    /// <summary>Takes a callback without a wire in between.</summary>
    public Task<bool> TakeAsync(BankCallback callback)
    {
        var letter = BankLetter.Of(callback, SimulatorHouse.Secret, clock.GetUtcNow());
        return Task.FromResult(Keep(callback.Number, new CallbackRequest(callback.Channel, letter.Headers, letter.Body, clock.GetUtcNow())));
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var channel = int.Parse(context.Request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture);
        var headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        using var words = System.Text.Json.JsonDocument.Parse(body.ToArray());
        var isTaken = Keep(
            words.RootElement.GetProperty("number").GetString()!, new CallbackRequest(channel, headers, body.ToArray(), clock.GetUtcNow()));
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(isTaken ? "success" : "fail"));
    }

    private bool Keep(string number, CallbackRequest request)
    {
        All.Enqueue(request);
        First(number).TrySetResult(request);
        if (Refusals-- > 0)
        {
            return false;
        }

        _taken.TrySetResult();
        return true;
    }

    private TaskCompletionSource<CallbackRequest> First(string number) =>
        _first.GetOrAdd(number, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
