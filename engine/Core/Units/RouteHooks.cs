using PaymentEngine.Core.Directory;

namespace PaymentEngine.Core.Units;

/// <summary>
/// What operations decide by scripts: whether what is safe should also be done. Asked only when everything that makes it
/// safe holds, so no answer can make it unsafe.
/// </summary>
public interface IRouteHooks
{
    /// <summary>Whether a leg that failed for certain is tried on another channel (C14).</summary>
    HookVerdict Reroute(in RerouteFacts facts);

    /// <summary>Whether an order that its institution does not know is sent again (C13).</summary>
    HookVerdict Resend(in ResendFacts facts);
}

/// <param name="DecidedBy">The script and its version, for the order's history.</param>
/// <param name="Fault">Why another version did not decide, which should have.</param>
public readonly record struct HookVerdict(bool Yes, string DecidedBy, ScriptFault? Fault = null);

/// <summary>A version of a script that could not decide; the default did instead. Somebody is told once.</summary>
public sealed record ScriptFault(string Hook, int Version, ScriptFaultStage Stage, string Message);

public enum ScriptFaultStage
{
    /// <summary>It was refused before it ever ran.</summary>
    Check,

    /// <summary>It failed while it ran.</summary>
    Run,
}

/// <param name="Failed">The order that failed for certain, on <paramref name="Channel"/>.</param>
/// <param name="Reroutes">How often this leg was rerouted before.</param>
public readonly record struct RerouteFacts(
    TradeFamily Family,
    InstitutionOrder Failed,
    ChannelSettings Channel,
    Evidence Evidence,
    int Reroutes,
    EngineDirectory Directory,
    DateTimeOffset Now)
{
    public PaymentOrder Payment => Family.PaymentOf(Failed);
}

/// <param name="Order">The order of which the institution knows nothing.</param>
public readonly record struct ResendFacts(
    TradeFamily Family, InstitutionOrder Order, ChannelSettings Channel, EngineDirectory Directory, DateTimeOffset Now)
{
    public PaymentOrder Payment => Family.PaymentOf(Order);
}
