using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PaymentEngine.Channels.Simulator;

/// <summary>The institution with an address: a bank behind Kestrel, and nothing else of ASP.NET Core.</summary>
public sealed class BankServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SimulatedBank _bank;
    private readonly BankKeys _keys;
    private readonly CallbackSender? _sender;

    private BankServer(WebApplication app, SimulatedBank bank, BankKeys keys, CallbackSender? sender)
    {
        _app = app;
        _bank = bank;
        _keys = keys;
        _sender = sender;
    }

    /// <summary>Where it listens; with the port that was found, if any port was asked for.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<BankServer> StartAsync(BankServerOptions options, TimeProvider clock)
    {
        var keys = new BankKeys(options.Secret);
        var sender = options.CallbackPattern is { } pattern ? new CallbackSender(pattern, keys, clock) : null;
        var bank = SimulatedBank.Open(options.Bank, clock, sender is null ? null : sender.SendAsync);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls);
        var app = builder.Build();
        var desk = new BankDesk(bank, keys, options.MaximumParallel, clock, app.Lifetime.ApplicationStopping);
        app.Run(desk.ServeAsync);
        var server = new BankServer(app, bank, keys, sender);
        await app.StartAsync();
        return server;
    }

    /// <summary>From now on the institution signs with this; what the former key signed it still takes.</summary>
    public async Task RotateKeyAsync(ReadOnlyMemory<byte> next)
    {
        await _bank.NoteKeyRotatedAsync();
        _keys.Rotate(next);
    }

    /// <summary>Until the process is told to stop.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _bank.DisposeAsync();
        _sender?.Dispose();
        await _app.DisposeAsync();
    }
}
