using System.Globalization;
using System.Numerics;
using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>Numbers and strings.</summary>
internal sealed partial class Lexer
{
    private const int MaxDigits = 200;
    private const int MaxInterpolations = 8;

    /// <summary>How many interpolated strings lie around this text: each is read by a lexer of its own.</summary>
    private int _depth;

    private void ReadNumber(bool hasSpace)
    {
        var start = _at;
        if (Char == '0' && (Peek(1) is 'x' or 'X' or 'b' or 'B'))
        {
            ReadRadix(start, hasSpace);
            return;
        }

        ReadDigits();
        var isFraction = false;
        if (Char == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isFraction = true;
            _at++;
            ReadDigits();
        }

        if (Char is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFraction = true;
            _at += 2;
            ReadDigits();
        }

        var digits = _source[start.._at].Replace("_", "", StringComparison.Ordinal);
        var suffix = char.ToLowerInvariant(Char);
        if (suffix is 'm' or 'f' or 'd' && !char.IsLetterOrDigit(Peek(1))) _at++;
        else suffix = '\0';
        if (Char is 'u' or 'U' && suffix == '\0' && !isFraction) _at++;
        if (char.IsLetter(Char) || Char == '_') Error(_at, $"Unexpected character `{Char}` after the number");
        Add(TokenKind.Number, start, digits, hasSpace, Parse(start, digits, suffix, isFraction));
    }

    private void ReadDigits()
    {
        while (char.IsAsciiDigit(Char) || (Char == '_' && char.IsAsciiDigit(Peek(1)))) _at++;
    }

    private object Parse(int start, string digits, char suffix, bool isFraction)
    {
        var culture = CultureInfo.InvariantCulture;
        if (digits.Length > MaxDigits) return Wrong(start, $"The number is too long: more than {MaxDigits} digits");
        if (!isFraction && suffix == '\0') return Value.Of(BigInteger.Parse(digits, NumberStyles.None, culture));
        // The exponent is judged before anything is computed with it.
        var exponent = digits.IndexOfAny(['e', 'E']);
        if (exponent >= 0 && digits.Length - exponent > 6) return Wrong(start, "The number is out of range");
        var isExact = decimal.TryParse(digits, NumberStyles.Float, culture, out var exact);
        if (suffix == 'm') return isExact ? Value.Of(exact) : Wrong(start, "The number is out of the range of decimals");
        var number = double.Parse(digits, NumberStyles.Float, culture);
        if (!double.IsFinite(number)) return Wrong(start, "The number is out of range");
        if (suffix == 'f') return float.IsFinite((float)number) ? Value.OfFloat((float)number) : Wrong(start, "The number is out of range");
        if (suffix == 'd') return Value.Of(number);
        return new Fraction(number, isExact ? exact : null);
    }

    private Value Wrong(int start, string message)
    {
        Error(start, message);
        return Value.Of(0);
    }

    private void ReadRadix(int start, bool hasSpace)
    {
        var bits = Peek(1) is 'x' or 'X' ? 4 : 1;
        _at += 2;
        var number = BigInteger.Zero;
        var digits = 0;
        for (; _at < _end; _at++)
        {
            if (Char == '_') continue;
            var digit = char.IsAsciiHexDigit(Char) ? Convert.ToInt32(Char.ToString(), 16) : 16;
            if (digit >= 1 << bits) break;
            if (++digits <= MaxDigits) number = (number << bits) + digit;
        }

        if (digits == 0 || digits > MaxDigits) Error(start, digits == 0 ? "The number has no digits" : $"The number is too long: more than {MaxDigits} digits");
        var isUnsigned = Char is 'u' or 'U';
        if (isUnsigned) _at++;
        else if (number > int.MaxValue && number <= uint.MaxValue) number = unchecked((int)(uint)number);
        else if (number > long.MaxValue && number <= ulong.MaxValue) number = unchecked((long)(ulong)number);
        Add(TokenKind.Number, start, _source[start.._at], hasSpace, Value.Of(number));
    }

    private void ReadString(bool hasSpace)
    {
        var start = _at;
        var quote = Char;
        var text = new StringBuilder();
        for (_at++; _at < _end && Char != quote; _at++)
        {
            if (Char == '\\') ReadEscape(text);
            else text.Append(Char);
        }

        Close(start, quote);
        Add(TokenKind.String, start, text.ToString(), hasSpace);
    }

    private void Close(int start, char quote)
    {
        if (_at < _end) _at++;
        else Error(start, $"The string is not closed: expecting {quote}");
    }

    private void ReadVerbatim(bool hasSpace)
    {
        var start = _at;
        var text = new StringBuilder();
        for (_at++; _at < _end; _at++)
        {
            if (Char == '`' && Peek(1) != '`') break;
            if (Char == '`') _at++;
            text.Append(Char);
        }

        Close(start, '`');
        Add(TokenKind.String, start, text.ToString(), hasSpace);
    }

    private void ReadEscape(StringBuilder text)
    {
        var start = _at++;
        if (_at >= _end)
        {
            _at = _end - 1;
            return; // the string is not closed, which its reader reports
        }

        switch (Char)
        {
            case 'n': text.Append('\n'); break;
            case 'r': text.Append('\r'); break;
            case 't': text.Append('\t'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '0': text.Append('\0'); break;
            case 'u': ReadHex(text, start, 4); break;
            case 'x': ReadHex(text, start, 2); break;
            case '\'' or '"' or '\\' or '{' or '}': text.Append(Char); break;
            case '\n': break;
            default: Error(start, $"Unexpected escape character `{Char}` in string. Only 0 ' \\ \" b f n r t v u0000-uFFFF x00-xFF are allowed"); break;
        }
    }

    private void ReadHex(StringBuilder text, int start, int digits)
    {
        var code = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(Peek(1)))
            {
                Error(start, $"Expecting {digits} hexadecimal digits in the escape sequence");
                return;
            }

            _at++;
            code = (code << 4) + Convert.ToInt32(Char.ToString(), 16);
        }

        text.Append((char)code);
    }

    private void ReadInterpolated(bool hasSpace)
    {
        var start = _at++;
        var quote = Char;
        var parts = new List<InterpolationPart>();
        var text = new StringBuilder();
        for (_at++; _at < _end && Char != quote; _at++)
        {
            if (Char == '\\') ReadEscape(text);
            else if (Char is '{' or '}' && Peek(1) == Char) text.Append(_source[_at++]);
            else if (Char == '{') ReadHole(parts, text);
            else text.Append(Char);
        }

        Close(start, quote);
        if (text.Length > 0) parts.Add(new InterpolationPart(text.ToString(), null));
        Add(TokenKind.Interpolated, start, "", hasSpace, parts);
    }

    /// <summary>{expression} in an interpolated string: its tokens are read here, with their own places in the script.</summary>
    private void ReadHole(List<InterpolationPart> parts, StringBuilder text)
    {
        if (text.Length > 0) parts.Add(new InterpolationPart(text.ToString(), null));
        text.Clear();
        var open = _at;
        var close = FindClose(open);
        if (close < 0)
        {
            Error(open, "The interpolation is not closed: expecting }");
            _at = _end - 1;
            return;
        }

        var inner = new Lexer(_source, open + 1, close, PositionAt(open + 1), false, _errors);
        inner._depth = _depth + 1;
        if (inner._depth > MaxInterpolations) Error(open, $"Interpolated strings are nested too deeply: more than {MaxInterpolations}");
        else inner.ReadCode();
        inner.Add(TokenKind.End, inner._at, "", false);
        parts.Add(new InterpolationPart(null, inner._tokens));
        _at = close;
    }

    private int FindClose(int open)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = open; i < _end; i++)
        {
            var c = _source[i];
            if (quote != '\0')
            {
                if (c == '\\' && quote != '`') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'' or '`') quote = c;
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return i;
        }

        return -1;
    }
}
