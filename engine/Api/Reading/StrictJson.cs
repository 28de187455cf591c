using System.Text;
using System.Text.Json;
using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.Reading;

/// <summary>
/// Reads JSON objects field by field and forgives nothing: unknown fields, fields that appear twice, wrong types. What
/// is wrong with a field is noted and reading goes on; what is not JSON at all throws <see cref="JsonException"/>.
/// </summary>
internal ref struct StrictJson
{
    private const int MaximumDepth = 8;
    private const int LongestNameTold = 64;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaximumDepth };

    private readonly FieldErrors _errors;
    private readonly bool _isEmpty;
    private Utf8JsonReader _reader;
    private string _field = string.Empty;

    /// <param name="json">Valid UTF-8.</param>
    /// <param name="errors">Where errors of fields go.</param>
    public StrictJson(ReadOnlySpan<byte> json, FieldErrors errors)
    {
        _errors = errors;
        _isEmpty = !json.ContainsAnyExcept(" \t\r\n"u8);
        _reader = new Utf8JsonReader(json, Options);
    }

    /// <summary>Enters the body itself.</summary>
    public void Open()
    {
        if (_isEmpty)
        {
            throw new JsonException("The body is empty; it must be a JSON object.", path: null, lineNumber: 0, bytePositionInLine: 0);
        }

        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The body is not an object.", path: null, lineNumber: 0, bytePositionInLine: 0);
        }
    }

    /// <summary>Reads to the end, so that nothing can follow the object.</summary>
    public void Close() => _reader.Read();

    /// <summary>Enters the object that is the value of the current field.</summary>
    public bool TryEnter() => Is(JsonTokenType.StartObject, "must be an object");

    /// <summary>Enters the list that is the value of the current field.</summary>
    public bool TryEnterList() => Is(JsonTokenType.StartArray, "must be a list");

    /// <summary>Goes to the next object of this list and enters it; what is none is noted under this name.</summary>
    public bool NextItem(string name)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _field = name;
            if (Is(JsonTokenType.StartObject, "must be an object"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Leaves the value of the current field unread.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>
    /// Goes to the value of the next field of this object and says which field it is. At the end of the object the
    /// required fields that never came are noted.
    /// </summary>
    public bool Next(FieldNames names, ref uint seen, out int field)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            field = IndexOfName(names);
            if (field >= 0 && (seen & (1u << field)) == 0)
            {
                seen |= 1u << field;
                _field = names.Path(field);
                _reader.Read();
                return true;
            }

            Note(names, field);
            _reader.Skip();
        }

        for (field = 0; field < names.Required; field++)
        {
            if ((seen & (1u << field)) == 0)
            {
                _errors.Add(names.Path(field), FieldCodes.Required, "is required");
            }
        }

        return false;
    }

    /// <summary>Goes to the value of the next field of an object whose fields may have any name.</summary>
    /// <param name="prefix">What stands before the name when an error is told.</param>
    /// <param name="known">Names that were there already.</param>
    public bool NextNamed<T>(string prefix, IReadOnlyDictionary<string, T> known, out string name)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = TryGetText(out name) && name.Length > 0;
            _field = prefix + Shortened(name);
            if (isName && !known.ContainsKey(name))
            {
                _reader.Read();
                return true;
            }

            _errors.Add(_field, isName ? FieldCodes.DuplicateField : FieldCodes.UnknownField, isName ? "appears more than once" : "is no name");
            _reader.Skip();
        }

        name = string.Empty;
        return false;
    }

    public readonly bool IsNumber => _reader.TokenType == JsonTokenType.Number;

    /// <summary>The text of the current field, or null when it was refused.</summary>
    public string? Text(TextRule rule)
    {
        if (!Is(JsonTokenType.String, "must be a string"))
        {
            return null;
        }

        if (!TryGetText(out var text))
        {
            return Refuse(FieldCodes.InvalidCharacters, "contains half of a surrogate pair");
        }

        if (!rule.FitsLength(text))
        {
            return Refuse(FieldCodes.WrongLength, rule.LengthInWords);
        }

        return rule.FitsAlphabet(text) ? text : Refuse(FieldCodes.InvalidCharacters, rule.AlphabetInWords);
    }

    /// <summary>The whole number of the current field, or null when it was refused.</summary>
    public int? Integer(int minimum, int maximum)
    {
        if (!Is(JsonTokenType.Number, "must be a whole number"))
        {
            return null;
        }

        if (_reader.ValueSpan.ContainsAny(".eE"u8))
        {
            Refuse(FieldCodes.WrongType, "must be a whole number");
            return null;
        }

        if (!_reader.TryGetInt32(out var number) || number < minimum || number > maximum)
        {
            Refuse(FieldCodes.OutOfRange, $"must be between {minimum} and {maximum}");
            return null;
        }

        return number;
    }

    /// <summary>The number of the current field, or null when it was refused.</summary>
    public decimal? Decimal(decimal most)
    {
        if (!Is(JsonTokenType.Number, "must be a number"))
        {
            return null;
        }

        if (!_reader.TryGetDecimal(out var number) || Math.Abs(number) > most)
        {
            Refuse(FieldCodes.OutOfRange, $"must be between -{most} and {most}");
            return null;
        }

        return number;
    }

    /// <summary>The truth of the current field, or null when it was refused.</summary>
    public bool? Boolean()
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.GetBoolean();
        }

        Refuse(FieldCodes.WrongType, "must be true or false");
        _reader.Skip();
        return null;
    }

    private bool Is(JsonTokenType expected, string otherwise)
    {
        if (_reader.TokenType == expected)
        {
            return true;
        }

        Refuse(FieldCodes.WrongType, otherwise);
        _reader.Skip();
        return false;
    }

    private readonly string? Refuse(string code, string message)
    {
        _errors.Add(_field, code, message);
        return null;
    }

    private readonly int IndexOfName(FieldNames names) =>
        !_reader.ValueIsEscaped ? names.IndexOf(_reader.ValueSpan)
        : TryGetText(out var name) ? names.IndexOf(Encoding.UTF8.GetBytes(name))
        : -1;

    private readonly void Note(FieldNames names, int field)
    {
        if (field >= 0)
        {
            _errors.Add(names.Path(field), FieldCodes.DuplicateField, "appears more than once");
            return;
        }

        var name = TryGetText(out var text) ? text : "?";
        _errors.Add(names.Prefix + Shortened(name), FieldCodes.UnknownField, "is not a field of this request");
    }

    private static string Shortened(string name) =>
        name.Length <= LongestNameTold ? name : string.Concat(name.AsSpan(0, LongestNameTold), "…");

    private readonly bool TryGetText(out string text)
    {
        try
        {
            text = _reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException) when (_reader.ValueIsEscaped)
        {
            // The bytes are valid UTF-8, so only an escape such as \ud83d without its second half can get here; the
            // reader has no way to ask beforehand.
            text = string.Empty;
            return false;
        }
    }
}
