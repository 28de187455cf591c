namespace PaymentEngine.Host;

/// <summary>
/// Starts a service when the engine listens. ASP.NET binds its port after all hosted services have started: a node that
/// then finds its port taken would have worked on timers already.
/// </summary>
internal sealed class OnceListening<TService>(TService service, IHostApplicationLifetime lifetime) : BackgroundService
    where TService : BackgroundService
{
    /// <summary>The service is told to stop first: waiting for its end is what this one does.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await service.StopAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        await service.StartAsync(CancellationToken.None);
        // What breaks it is seen here, and by the host.
        await service.ExecuteTask!;
    }
}

internal static class OnceListening
{
    public static void AddOnceListening<TService>(this IServiceCollection services)
        where TService : BackgroundService =>
        services.AddSingleton<TService>().AddHostedService<OnceListening<TService>>();
}
