using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Runtime.Routing;

/// <summary>How this node routes now. Turns go on where they were for as long as nothing changes.</summary>
public sealed class RouteBook(BusinessCalendar calendar)
{
    private string? _made;
    private volatile Router? _router;
    private volatile RoutingSetup _setup = new();

    public Router Router => _router ?? throw new InvalidOperationException("nothing has been put into the book");

    public void Refresh(EngineDirectory directory)
    {
        var of = string.Join('\n', directory.Channels.Select(Fingerprint));
        if (of == _made)
        {
            return;
        }

        _setup = DerivedSetup.Of(directory);
        _router = new Router(new SetupCompiler(new Dictionary<string, ScriptInForce>(), calendar).Compile(_setup, DerivedSetup.Version));
        _made = of;
    }

    /// <summary>The setup by which a choice of the past was made.</summary>
    public Task<RoutingSetup> SetupOfAsync(int version, CancellationToken ct) => Task.FromResult(_setup);

    private static string Fingerprint(ChannelSettings channel) =>
        $"{channel.Id} {channel.Code} {channel.Enabled} {channel.Priority} {string.Join(' ', channel.Methods)}";
}
