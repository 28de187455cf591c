using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Compiles tables that decide nothing: their scripts fail without waking anybody.</summary>
public interface IDraftTables
{
    /// <summary>The setup and the scripts as they decide now.</summary>
    ValueTask<RouteTable> InForceAsync(CancellationToken cancellation);

    /// <param name="draft">What is different from what is in force.</param>
    /// <param name="failures">Told of scripts that fail.</param>
    /// <param name="cancellation">Nobody waits for it any more.</param>
    ValueTask<DraftTable> CompileAsync(RoutingDraft draft, IScriptFailures failures, CancellationToken cancellation);
}

/// <param name="Setup">Null: the one in force.</param>
/// <param name="Scripts">By their names; those that are not named are the ones in force.</param>
public sealed record RoutingDraft(VersionOrText? Setup, IReadOnlyDictionary<string, VersionOrText> Scripts);

/// <summary>One of the two.</summary>
/// <param name="Version">One that is stored, whatever its state.</param>
/// <param name="Text">One that perhaps nobody has stored.</param>
public sealed record VersionOrText(int? Version, string? Text);

/// <summary>A table, or everything that is wrong with the draft, versions that do not exist among it.</summary>
public sealed record DraftTable(RouteTable? Table, IReadOnlyList<SetupError> Errors);
