using System.Collections.Frozen;

namespace PaymentEngine.Core.Directory;

/// <summary>
/// The channel applications that a process runs (C16): for the channels of these it calls institutions, for all others
/// it leaves that to whoever does. An engine always runs its own, in which every channel is unless it is said otherwise.
/// </summary>
public sealed class ApplicationSet(IEnumerable<string> names)
{
    public const string Engine = "engine";

    public static readonly ApplicationSet EngineOnly = new([Engine]);

    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _names;

    public bool Runs(string application) => _names.Contains(application);
}
