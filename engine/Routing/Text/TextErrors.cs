using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>What is wrong with a document, all at once, and on which line each of its parts stands.</summary>
internal sealed class TextErrors
{
    private readonly List<SetupError> _errors = [];
    private readonly Dictionary<string, int> _lines = [];

    public IReadOnlyList<SetupError> All => _errors;

    /// <summary>A document of nonsense is not answered with a longer one.</summary>
    public void Add(string path, int line, string message)
    {
        if (_errors.Count < TextLimits.MostErrors)
        {
            _errors.Add(new SetupError(path, message) { Line = line });
        }
    }

    public void Remember(string path, int line) => _lines.TryAdd(path, line);

    /// <summary>Of the part itself, or of the nearest part that it belongs to.</summary>
    public int? LineOf(string path)
    {
        for (var end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            if (_lines.TryGetValue(path[..end], out var line))
            {
                return line;
            }
        }

        return null;
    }
}
