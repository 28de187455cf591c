using System.Numerics;

namespace PaymentEngine.Routing.Text;

/// <summary>
/// Reads the fields of one part of a document by their names and forgives nothing: what is missing, what is of another
/// kind, what is there twice, what nobody knows.
/// </summary>
internal sealed class FieldReader
{
    /// <summary>Of a class: its three names.</summary>
    private const int LongestKey = 3 * TextLimits.LongestText;

    private readonly TextErrors _errors;
    private readonly Dictionary<string, TextField> _fields = [];
    private readonly HashSet<string> _asked = [];
    private readonly int _line;

    private FieldReader(TextErrors errors, TextMap map, string path)
    {
        (_errors, Path, _line) = (errors, path, map.Line);
        foreach (var field in map.Fields)
        {
            if (!_fields.TryAdd(field.Name, field))
            {
                errors.Add(PathOf(field.Name), field.Line, "is there twice");
            }
        }
    }

    public string Path { get; }

    /// <summary>Null and an error when the part has no fields at all.</summary>
    public static T? Read<T>(TextErrors errors, TextNode node, string path, Func<FieldReader, T> read)
        where T : class
    {
        errors.Remember(path, node.Line);
        if (node is not TextMap map)
        {
            errors.Add(path, node.Line, "must have fields, each a name and a value");
            return null;
        }

        var fields = new FieldReader(errors, map, path);
        var value = read(fields);
        foreach (var stranger in fields._fields.Values.Where(field => !fields._asked.Contains(field.Name)))
        {
            errors.Add(fields.PathOf(stranger.Name), stranger.Line, $"is no field here; there are {string.Join(", ", fields._asked.Order(StringComparer.Ordinal))}");
        }

        return value;
    }

    public string PathOf(string name)
    {
        var told = name.Length <= TextLimits.LongestText ? name : string.Concat(name.AsSpan(0, TextLimits.LongestText), "…");
        return Path.Length == 0 ? told : $"{Path}.{told}";
    }

    public TextNode? Find(string name)
    {
        _asked.Add(name);
        if (!_fields.TryGetValue(name, out var field))
        {
            return null;
        }

        _errors.Remember(PathOf(name), field.Line);
        return field.Value;
    }

    public string Required(string name)
    {
        if (!_fields.ContainsKey(name))
        {
            _asked.Add(name);
            _errors.Add(PathOf(name), _line, "is missing");
        }

        return Text(name) ?? string.Empty;
    }

    public string? Text(string name) => Find(name) is { } node ? TextOf(node, PathOf(name)) : null;

    /// <summary>A word or a text; null and an error when it is neither.</summary>
    public string? TextOf(TextNode node, string path)
    {
        if (node is not TextScalar scalar || (!scalar.IsText && scalar.Value is "" or "null" or "~"))
        {
            _errors.Add(path, node.Line, "must be a text");
            return null;
        }

        return IsSound(scalar.Value, path, node.Line) ? scalar.Value : null;
    }

    /// <summary>Whether it can be kept and told as it is; an error when not.</summary>
    public bool IsSound(string text, string path, int line)
    {
        if (text.Length > TextLimits.LongestText)
        {
            _errors.Add(path, line, $"is longer than {TextLimits.LongestText} characters");
            return false;
        }

        if (!Scalars.IsSound(text))
        {
            _errors.Add(path, line, "contains control characters");
            return false;
        }

        return true;
    }

    public bool Flag(string name, bool usual) => Parsed(name, Scalars.Flag, "must be true or false") ?? usual;

    public decimal? Number(string name) => Parsed(name, Scalars.Number, "must be a number");

    public long? Whole(string name) => Parsed(name, Scalars.Whole, "must be a whole number");

    /// <summary>A number that is neither above this nor as far below 0.</summary>
    public T? Within<T>(string name, Func<string, T?> readOne, T most)
        where T : struct, INumber<T>
    {
        var read = readOne(name);
        if (read is not { } number || T.Abs(number) <= most)
        {
            return read;
        }

        Refuse(PathOf(name), Find(name)!, $"must be at most {most}");
        return null;
    }

    public TimeSpan? Duration(string name) => Parsed(name, Scalars.Duration, "must be a duration such as 30m, 1h30m or 2d");

    public TimeOnly? Time(string name) => Parsed(name, Scalars.Time, "must be a time of day such as \"23:50\"");

    public DateTimeOffset? Moment(string name) =>
        Parsed(name, Scalars.Moment, "must be a moment with its offset such as \"2026-11-20T23:50:00+08:00\"");

    /// <summary>One of a closed set, by the names that it has in texts.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices, bool isRequired = false)
        where T : struct
    {
        if (isRequired && !_fields.ContainsKey(name))
        {
            _asked.Add(name);
            _errors.Add(PathOf(name), _line, "is missing");
        }

        return Parsed(name, scalar => choices.TryGetValue(scalar.Value, out var choice) ? choice : (T?)null, OneOf(choices.Keys));
    }

    public IReadOnlyList<T> Choices<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var chosen = new List<T>();
        foreach (var (node, path) in Items(name, static (node, path) => Tuple.Create(node, path)))
        {
            if (node is TextScalar scalar && choices.TryGetValue(scalar.Value, out var choice))
            {
                chosen.Add(choice);
            }
            else
            {
                _errors.Add(path, node.Line, OneOf(choices.Keys));
            }
        }

        return chosen;
    }

    /// <summary>None when the field is not there.</summary>
    public IReadOnlyList<string> Texts(string name) => Items(name, TextOf);

    /// <param name="name">A list; none when the field is not there.</param>
    /// <param name="key">By what its parts are known in paths; null when they are counted.</param>
    /// <param name="read">Reads one part.</param>
    public IReadOnlyList<T> Parts<T>(string name, Func<TextMap, string?> key, Func<FieldReader, T> read)
        where T : class =>
        Items(name, (node, counted) =>
        {
            // One that is too long to be a name is counted, so that it is not repeated with everything below it.
            return Read(_errors, node, node is TextMap map && key(map) is { Length: <= LongestKey } known ? $"{PathOf(name)}[{known}]" : counted, read);
        });

    public void Refuse(string path, TextNode node, string message) => _errors.Add(path, node.Line, message);

    private IReadOnlyList<T> Items<T>(string name, Func<TextNode, string, T?> read)
        where T : class
    {
        var path = PathOf(name);
        switch (Find(name))
        {
            case null:
                return [];
            case TextList list:
                return [.. list.Items.Select((item, i) => read(item, $"{path}[{i}]")).OfType<T>()];
            case var other:
                Refuse(path, other, "must be a list");
                return [];
        }
    }

    private static string OneOf(IEnumerable<string> names) => $"must be one of {string.Join(", ", names.Order(StringComparer.Ordinal))}";

    private T? Parsed<T>(string name, Func<TextScalar, T?> parse, string otherwise)
        where T : struct
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        var value = node is TextScalar scalar ? parse(scalar) : null;
        if (value is null)
        {
            _errors.Add(PathOf(name), node.Line, otherwise);
        }

        return value;
    }
}
