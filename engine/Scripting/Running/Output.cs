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

    /// <summary>White space before a code block, repeated in front of every further line that the block writes.</summary>
    public string? Indent { get; set; }

    public void Reset(Budget budget, bool isEnabled)
    {
        _budget = budget;
        IsEnabled = isEnabled;
        Indent = null;
        _outer.Clear();
        // One large page must not hold its memory for the life of the thread.
        if (_text.Capacity > MaxKept) _text = new StringBuilder();
        _text.Clear();
    }

    public void Write(string text)
    {
        if (!IsEnabled || text.Length == 0) return;
        _budget.Charge(2L * text.Length);
        _text.Append(text);
    }

    public void WriteIndented(string text)
    {
        if (Indent is null || !text.Contains('\n'))
        {
            Write(text);
            return;
        }

        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0) end = text.Length;
            if (start > 0) Write(Indent);
            Write(text[start..end]);
            start = end;
        }
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
