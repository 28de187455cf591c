using PaymentEngine.Core.Units;

namespace PaymentEngine.Routing.Scripts;

/// <summary>The hooks as scripts decide them, compiled once for as long as operations change nothing.</summary>
public sealed class RouteScripts : IRouteHooks
{
    /// <summary>As it is when operations have said nothing.</summary>
    public static readonly RouteScripts Defaults = new([]);

    private readonly IReadOnlyList<ScriptVersion> _stored;
    private readonly HookScript<RerouteFacts> _reroute;
    private readonly HookScript<ResendFacts> _resend;

    private RouteScripts(IReadOnlyList<ScriptVersion> stored)
    {
        _stored = stored;
        _reroute = new HookScript<RerouteFacts>(RouteHook.Reroute, Of(RouteHook.Reroute));
        _resend = new HookScript<ResendFacts>(RouteHook.Resend, Of(RouteHook.Resend));
        Refused = [.. new[] { _reroute.Refused, _resend.Refused }.OfType<ScriptFault>()];
    }

    /// <summary>The stored versions that do not decide, because they have errors.</summary>
    public IReadOnlyList<ScriptFault> Refused { get; }

    /// <param name="stored">The version in force of each hook that has one.</param>
    public RouteScripts With(IReadOnlyList<ScriptVersion> stored) => stored.SequenceEqual(_stored) ? this : new RouteScripts(stored);

    public HookVerdict Reroute(in RerouteFacts facts) => _reroute.Decide(facts);

    public HookVerdict Resend(in ResendFacts facts) => _resend.Decide(facts);

    private ScriptVersion? Of(RouteHook hook) => _stored.FirstOrDefault(version => version.Hook == hook.Name);
}
