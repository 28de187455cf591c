namespace PaymentEngine.Scripting;

/// <summary>The names of kinds, as object.kind and messages give them.</summary>
internal static class Kinds
{
    public static string NameOf(Value value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.Missing => "null",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.Long => "long",
        ValueKind.Big => "bigint",
        ValueKind.Float => "float",
        ValueKind.Double => "double",
        ValueKind.Decimal => "decimal",
        ValueKind.Text => "string",
        ValueKind.Date => "datetime",
        ValueKind.TimeSpan => "timespan",
        ValueKind.Range => "range",
        ValueKind.Array => "array",
        ValueKind.Function => "function",
        _ => "object",
    };
}
