namespace PaymentEngine.Scripting;

/// <summary>Cuts a script into tokens: here what lies outside of code, names and symbols.</summary>
internal sealed partial class Lexer
{
    private static readonly string[] Symbols =
    [
        "..<", "//=", "...",
        "&&", "||", "==", "!=", "<=", ">=", "??", "?!", "?.", "//", "<<", ">>", "..", "+=", "-=", "*=", "/=", "%=", "++", "--",
        "+", "-", "*", "/", "%", "<", ">", "=", "!", "?", ":", "|", "&", "^", "@", ".", ",", "(", ")", "[", "]", "{", "}",
    ];

    /// <summary>The symbols that begin with a character, longest first.</summary>
    private static readonly string[][] SymbolsByFirst =
        [.. Enumerable.Range(0, 128).Select(first => Symbols.Where(symbol => symbol[0] == first).OrderByDescending(symbol => symbol.Length).ToArray())];

    private readonly string _source;
    private readonly int _end;
    private readonly bool _isTemplate;
    private readonly List<ScriptError> _errors;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _scannedTo;
    private int _braces;

    private Lexer(string source, int start, int end, Position startAt, bool isTemplate, List<ScriptError> errors)
    {
        (_source, _at, _scannedTo, _end, _isTemplate, _errors) = (source, start, start, end, isTemplate, errors);
        (_line, _lineStart) = (startAt.Line, start - startAt.Column + 1);
    }

    public static List<Token> Tokenize(string source, bool isTemplate, List<ScriptError> errors)
    {
        var lexer = new Lexer(source, 0, source.Length, new Position(1, 1), isTemplate, errors);
        if (isTemplate) lexer.ReadTemplate();
        else lexer.ReadCode();
        lexer.Add(TokenKind.End, lexer._at, "", false);
        return lexer._tokens;
    }

    private char Char => _at < _end ? _source[_at] : '\0';
    private char Peek(int by) => _at + by < _end ? _source[_at + by] : '\0';

    private Position PositionAt(int offset)
    {
        // Tokens are asked for in order, except that a token's start is asked for at its end.
        if (offset < _scannedTo && offset < _lineStart) return Rescan(offset);
        for (; _scannedTo < offset; _scannedTo++)
        {
            if (_source[_scannedTo] == '\n') (_line, _lineStart) = (_line + 1, _scannedTo + 1);
        }

        return new Position(_line, offset - _lineStart + 1);
    }

    private Position Rescan(int offset)
    {
        var (line, start) = (_line, _lineStart);
        while (start > offset)
        {
            line--;
            start = _source.LastIndexOf('\n', start - 2) + 1;
        }

        return new Position(line, offset - start + 1);
    }

    private void Add(TokenKind kind, int start, string text, bool hasSpace, object? extra = null) =>
        _tokens.Add(new Token(kind, PositionAt(start), start, _at, text, hasSpace, extra));

    private void Error(int at, string message) => _errors.Add(new ScriptError(PositionAt(at), message));

    /// <summary>Reads until the end, or until }} where the code is a block of a template.</summary>
    private void ReadCode()
    {
        while (_at < _end)
        {
            var hasSpace = SkipSpace();
            if (_at >= _end || (_isTemplate && AtCodeExit())) return;
            var start = _at;
            var c = Char;
            if (c == '\n' || c == ';')
            {
                _at++;
                Add(TokenKind.NewLine, start, c == ';' ? ";" : "\n", hasSpace);
            }
            else if (c == '#') SkipComment();
            else if (char.IsLetter(c) || c == '_') ReadName(hasSpace);
            else if (c == '$' && (Peek(1) is '"' or '\'')) ReadInterpolated(hasSpace);
            else if (c == '$') ReadLocal(hasSpace);
            else if (char.IsAsciiDigit(c)) ReadNumber(hasSpace);
            else if (c is '"' or '\'') ReadString(hasSpace);
            else if (c == '`') ReadVerbatim(hasSpace);
            else ReadSymbol(hasSpace);
        }
    }

    private bool SkipSpace()
    {
        var start = _at;
        while (_at < _end && Char != '\n' && char.IsWhiteSpace(Char)) _at++;
        return _at > start || (start > 0 && _tokens.Count > 0 && _tokens[^1].Kind == TokenKind.NewLine);
    }

    private bool AtCodeExit()
    {
        if (_braces > 0) return false;
        var skip = Char is '-' or '~' ? 1 : 0;
        return Peek(skip) == '}' && Peek(skip + 1) == '}';
    }

    private void SkipComment()
    {
        var start = _at;
        if (Peek(1) == '#')
        {
            for (_at += 2; _at < _end; _at++)
            {
                if (Char == '#' && Peek(1) == '#')
                {
                    _at += 2;
                    return;
                }

                if (_isTemplate && Char == '}' && Peek(1) == '}') return;
            }

            if (!_isTemplate) Error(start, "The multi-line comment is not closed: expecting ##");
            return;
        }

        while (_at < _end && Char != '\n' && !(_isTemplate && Char == '}' && Peek(1) == '}')) _at++;
        // -}} and ~}} still close a block behind a comment.
        if (_isTemplate && Char == '}' && _at - 1 > start && (_source[_at - 1] is '-' or '~')) _at--;
    }

    private void ReadName(bool hasSpace)
    {
        var start = _at;
        while (_at < _end && (char.IsLetterOrDigit(Char) || Char == '_')) _at++;
        var isMember = _tokens.Count > 0 && (_tokens[^1].Is(".") || _tokens[^1].Is("?."));
        if (isMember && Char == '?' && Peek(1) != '.' && _source.AsSpan(start, _at - start) is "empty") _at++;
        Add(TokenKind.Identifier, start, string.Intern(_source[start.._at]), hasSpace);
    }

    private void ReadLocal(bool hasSpace)
    {
        var start = _at++;
        if (Char == '$') _at++;
        else while (_at < _end && (char.IsLetterOrDigit(Char) || Char == '_')) _at++;
        Add(TokenKind.Local, start, string.Intern(_source[start.._at]), hasSpace);
    }

    private void ReadSymbol(bool hasSpace)
    {
        var start = _at;
        foreach (var symbol in Char < 128 ? SymbolsByFirst[Char] : [])
        {
            if (_at + symbol.Length > _end || !_source.AsSpan(_at, symbol.Length).SequenceEqual(symbol)) continue;
            _at += symbol.Length;
            if (symbol == "{") _braces++;
            if (symbol == "}" && _braces > 0) _braces--;
            Add(TokenKind.Symbol, start, symbol, hasSpace);
            return;
        }

        _at++;
        Error(start, $"Unexpected character `{_source[start]}`");
    }
}
