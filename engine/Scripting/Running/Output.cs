using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>What the script has written, and the captures that are open.</summary>
internal sealed class Output
{
    private readonly Stack<(StringBuilder Text, bool IsEnabled)> _outer = new();
    private const int MaxKept = 32_768;
    private Budget _budget = null!;
    private StringBuilder _text = new();

    public bool IsEnabled { get; private set; }

    /// <summary>White space before a code block, repeated in front of every further line that is written until it ends.</summary>
    public string? Indent { get; set; }

    private bool _isAtLineStart;

    public void Reset(Budget budget, bool isEnabled)
    {
        _budget = budget;
        IsEnabled = isEnabled;
        (Indent, _isAtLineStart) = (null, false);
        _outer.Clear();
        // One large page must not hold its memory for the life of the thread.
        if (_text.Capacity > MaxKept) _text = new StringBuilder();
        _text.Clear();
    }

    public void Write(string text)
    {
        if (!IsEnabled || text.Length == 0) return;
        if (Indent is { } indent) WriteIndented(text, indent);
        else Append(text, 0, text.Length);
        _isAtLineStart = Indent is not null && text[^1] == '\n';
    }

    private void WriteIndented(string text, string indent)
    {
        for (var start = 0; start < text.Length;)
        {
            if (start > 0 || _isAtLineStart) Append(indent, 0, indent.Length);
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            Append(text, start, end - start);
            start = end;
        }
    }

    private void Append(string text, int start, int length)
    {
        _budget.Charge(2L * length);
        _text.Append(text, start, length);
    }

    /// <summary>A capture collects text even where nothing is printed.</summary>
    public void BeginCapture()
    {
        _outer.Push((_text, IsEnabled));
        _text = new StringBuilder();
        IsEnabled = true;
    }

    public string EndCapture()
    {
        var captured = _text.ToString();
        (_text, IsEnabled) = _outer.Pop();
        return captured;
    }

    public string Take() => _text.ToString();
}
