namespace PaymentEngine.Scripting;

/// <summary>
/// The type of an expression, with that of its items, with its members where it is an object that the script writes out
/// and never changes, and with the function itself where it is one of the script's.
/// </summary>
internal sealed record Inferred(
    ScriptType Type, Inferred? Element = null, FunctionLiteral? Function = null, IReadOnlyDictionary<string, Inferred>? Members = null)
{
    public static readonly Inferred Any = new(ScriptType.Any);
    public static readonly Inferred Null = new(ScriptType.Null);
    public static readonly Inferred Bool = new(ScriptType.Bool);
    public static readonly Inferred Integer = new(ScriptType.Integer);
    public static readonly Inferred Decimal = new(ScriptType.Decimal);
    public static readonly Inferred Text = new(ScriptType.Text);

    public Inferred Item => Element ?? Any;
    public bool IsNumber => Type is ScriptType.Integer or ScriptType.Decimal;
    public bool IsKnown => Type is not (ScriptType.Any or ScriptType.Null);

    public string Name => Type switch
    {
        ScriptType.Text => "text",
        ScriptType.Bool => "true or false",
        ScriptType.Integer => "integer",
        ScriptType.Decimal => "decimal",
        ScriptType.List => "list",
        ScriptType.Object => "object",
        ScriptType.Function => "function",
        ScriptType.Date => "date",
        ScriptType.TimeSpan => "time span",
        ScriptType.Null => "null",
        _ => "value",
    };

    public static Inferred Join(Inferred left, Inferred right)
    {
        if (left == right) return left;
        if (left.IsNumber && right.IsNumber) return Decimal;
        if (left.Type != right.Type) return Any;
        return left.Type switch
        {
            ScriptType.List => new Inferred(ScriptType.List, Join(left.Item, right.Item)),
            ScriptType.Object => JoinMembers(left.Members, right.Members),
            _ => new Inferred(left.Type),
        };
    }

    private static Inferred JoinMembers(IReadOnlyDictionary<string, Inferred>? left, IReadOnlyDictionary<string, Inferred>? right)
    {
        if (left is null || right is null || left.Count != right.Count || !left.Keys.All(right.ContainsKey)) return new Inferred(ScriptType.Object);
        return new Inferred(ScriptType.Object, Members: left.ToDictionary(member => member.Key, member => Join(member.Value, right[member.Key])));
    }

    public static Inferred Of(ParameterType type) => type switch
    {
        ParameterType.Text => Text,
        ParameterType.Number => Decimal,
        ParameterType.List => new Inferred(ScriptType.List),
        ParameterType.Object => new Inferred(ScriptType.Object),
        ParameterType.Function => new Inferred(ScriptType.Function),
        ParameterType.Date => new Inferred(ScriptType.Date),
        ParameterType.TimeSpan => new Inferred(ScriptType.TimeSpan),
        _ => Any,
    };

    public static Inferred Of(Value value) => value.Kind switch
    {
        ValueKind.Null => Null,
        ValueKind.Bool => Bool,
        ValueKind.Int or ValueKind.Long or ValueKind.Big => Integer,
        ValueKind.Decimal or ValueKind.Double or ValueKind.Float => Decimal,
        ValueKind.Text => Text,
        ValueKind.TimeSpan => new Inferred(ScriptType.TimeSpan),
        ValueKind.Object => new Inferred(ScriptType.Object),
        _ => Any,
    };

    /// <summary>Whether a function would refuse the value when it runs.</summary>
    public bool Suits(ParameterType wanted) => !IsKnown || wanted switch
    {
        ParameterType.Any or ParameterType.Text => true,
        ParameterType.Number => IsNumber,
        ParameterType.List => Type == ScriptType.List,
        ParameterType.Object => Type == ScriptType.Object,
        ParameterType.Function => Type == ScriptType.Function,
        ParameterType.Date => Type == ScriptType.Date,
        _ => Type == ScriptType.TimeSpan,
    };
}
