namespace PaymentEngine.Scripting;

/// <summary>Text, code blocks, escape blocks and their white space control.</summary>
internal sealed partial class Lexer
{
    private void ReadTemplate()
    {
        var strip = '\0';
        while (_at < _end)
        {
            var start = _at;
            var percents = 0;
            while (_at < _end && !AtCodeEnter() && (percents = AtEscapeEnter()) == 0) _at++;
            var isCode = AtCodeEnter();
            var open = _at;
            var mark = _at >= _end ? '\0' : isCode ? Peek(2) : Peek(percents + 2);
            if (mark is not ('-' or '~')) mark = '\0';
            AddText(start, open, strip, mark);
            strip = '\0';
            if (_at >= _end) return;
            strip = isCode ? ReadCodeBlock(mark) : ReadEscapeBlock(percents, mark);
        }
    }

    private bool AtCodeEnter() => Char == '{' && Peek(1) == '{';

    /// <summary>The number of % in {%{ here, or 0.</summary>
    private int AtEscapeEnter()
    {
        if (Char != '{' || Peek(1) != '%') return 0;
        var count = 1;
        while (Peek(count + 1) == '%') count++;
        return Peek(count + 1) == '{' ? count : 0;
    }

    private char ReadCodeBlock(char mark)
    {
        var open = _at;
        _at += mark == '\0' ? 2 : 3;
        Add(TokenKind.CodeEnter, open, "{{", false, mark == '\0' ? IndentBefore(open) : null);
        _braces = 0;
        ReadCode();
        if (_at >= _end)
        {
            Error(open, "The code block is not closed: expecting }}");
            return '\0';
        }

        var close = _at;
        var strip = Char is '-' or '~' ? Char : '\0';
        _at += strip == '\0' ? 2 : 3;
        Add(TokenKind.CodeExit, close, "}}", true);
        return strip;
    }

    private char ReadEscapeBlock(int percents, char mark)
    {
        var open = _at;
        var closing = "}" + new string('%', percents) + "}";
        var start = _at + percents + (mark == '\0' ? 2 : 3);
        var close = start <= _end ? _source.IndexOf(closing, start, _end - start, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            Error(open, $"The escape block is not closed: expecting {closing}");
            _at = _end;
            return '\0';
        }

        var strip = close > start && (_source[close - 1] is '-' or '~') ? _source[close - 1] : '\0';
        _at = close + closing.Length;
        AddText(start, strip == '\0' ? close : close - 1, '\0', '\0');
        return strip;
    }

    private void AddText(int start, int end, char stripBefore, char stripAfter)
    {
        if (stripBefore == '-')
        {
            while (start < end && char.IsWhiteSpace(_source[start])) start++;
        }
        else if (stripBefore == '~')
        {
            while (start < end && _source[start] != '\n' && char.IsWhiteSpace(_source[start])) start++;
            if (start < end && _source[start] == '\n') start++;
        }

        if (stripAfter == '-')
        {
            while (end > start && char.IsWhiteSpace(_source[end - 1])) end--;
        }
        else if (stripAfter == '~')
        {
            while (end > start && _source[end - 1] != '\n' && char.IsWhiteSpace(_source[end - 1])) end--;
        }

        if (end > start) Add(TokenKind.Text, start, _source[start..end], false);
    }

    /// <summary>The white space between the start of the line and the block, where there is nothing else and it was kept.</summary>
    private string? IndentBefore(int open)
    {
        var start = open;
        while (start > 0 && (_source[start - 1] is ' ' or '\t')) start--;
        if (start == open || (start > 0 && _source[start - 1] != '\n')) return null;
        var indent = _source[start..open];
        return _tokens.Count > 0 && _tokens[^1].Kind == TokenKind.Text && _tokens[^1].Text.EndsWith(indent, StringComparison.Ordinal) ? indent : null;
    }
}
