using PaymentEngine.Core.Directory;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Scripts;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Routing as this node decides by it now. Refreshed with the directory, so that a scheduled moment is met within seconds.</summary>
public sealed class RoutingHolder(RoutingStore store, BookCompiler compiler, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile CompiledRouting? _compiled;
    private volatile Router? _router;
    private volatile RouteScripts _hooks = RouteScripts.Defaults;
    private DateTimeOffset _latest;

    /// <summary>The book as this node read it last.</summary>
    public RoutingHeads Heads => Compiled.Heads;

    public CompiledRouting Compiled => _compiled ?? throw new InvalidOperationException("routing has not been loaded");

    /// <summary>Turns go on where they were for as long as nothing changes that decides.</summary>
    public Router Router => _router ?? throw new InvalidOperationException("routing has not been loaded");

    public RouteScripts Hooks => _hooks;

    public async Task RefreshAsync(EngineDirectory directory, CancellationToken cancellation)
    {
        // One after the other, so that nobody puts back what another has just replaced.
        await _one.WaitAsync(cancellation);
        try
        {
            // A clock that is set back must not ask for texts that were given up as history.
            var now = clock.GetUtcNow();
            _latest = now > _latest ? now : _latest;
            var heads = await store.LoadAsync(_compiled?.Heads ?? RoutingHeads.Empty, _latest, cancellation);
            var compiled = compiler.Compile(_compiled, heads, directory, _latest);
            _hooks = _hooks.With(compiled.Hooks);
            _router = ReferenceEquals(_router?.Table, compiled.Table) ? _router : new Router(compiled.Table);
            _compiled = compiled;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
