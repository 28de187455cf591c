namespace PaymentEngine.Scripting;

internal delegate Value BuiltInBody(Args args);

/// <summary>A function of the language. Its signature is written as scripts see it: "text:Text length:Number? rest..."</summary>
internal sealed class BuiltIn : ScriptFunction
{
    private readonly BuiltInBody _body;
    private readonly int _least;

    public BuiltIn(string name, string signature, BuiltInBody body)
    {
        Name = name;
        _body = body;
        TakesRest = signature.EndsWith("...", StringComparison.Ordinal);
        Parameters = signature.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToArray();
        _least = Parameters.Count(parameter => !parameter.IsOptional);
    }

    internal override string Name { get; }
    internal override IReadOnlyList<ScriptParameter> Parameters { get; }
    internal override bool TakesRest { get; }

    /// <summary>What the checker may assume of the result.</summary>
    public ParameterType Result { get; init; }

    /// <summary>It looks at a clock or draws lots, which rules must not.</summary>
    public bool IsImpure { get; init; }

    private static ScriptParameter Read(string written)
    {
        var isOptional = written[^1] == '?' || written.EndsWith("...", StringComparison.Ordinal);
        var parts = written.TrimEnd('?', '.').Split(':');
        return new ScriptParameter(parts[0], parts.Length > 1 ? Enum.Parse<ParameterType>(parts[1]) : ParameterType.Any, isOptional);
    }

    internal override Value Call(Evaluation evaluation, ReadOnlySpan<Value> arguments, ScriptObject? named)
    {
        if (named is not null) arguments = Arrange(arguments, named);
        if (arguments.Length < _least || (arguments.Length > Parameters.Count && !TakesRest)) throw WrongCount(arguments.Length);
        return _body(new Args(evaluation, this, arguments));
    }
}

/// <summary>The arguments of one call, as the function wants them.</summary>
internal readonly ref struct Args(Evaluation evaluation, BuiltIn function, ReadOnlySpan<Value> values)
{
    private readonly ReadOnlySpan<Value> _values = values;

    public Evaluation Evaluation => evaluation;
    public Budget Budget => evaluation.Budget;
    public int Count => _values.Length;
    public Value this[int index] => index < _values.Length && !_values[index].IsMissing ? _values[index] : Value.Null;
    public ReadOnlySpan<Value> After(int index) => index < _values.Length ? _values[index..] : [];
    public bool Has(int index) => index < _values.Length && !_values[index].IsMissing;

    public string Text(int index)
    {
        var text = evaluation.TextOf(this[index]);
        Budget.Read(text.Length);
        return text;
    }

    /// <summary>The two texts of a search, paid for as such.</summary>
    public (string Text, string Wanted) Search(int wanted)
    {
        var pair = (Text: Text(0), Wanted: Text(wanted));
        Budget.Search(pair.Text.Length, pair.Wanted.Length);
        return pair;
    }

    public string? TextOrNull(int index) => this[index].IsNull ? null : Text(index);
    public int Int(int index) => Numbers.ToInt(Number(index));
    public int Int(int index, int otherwise) => Has(index) && !this[index].IsNull ? Int(index) : otherwise;

    /// <summary>A string that holds a number is taken for it.</summary>
    public Value Number(int index)
    {
        var value = this[index];
        if (value.IsNumber) return value;
        if (value.IsNull) return Value.Of(0);
        if (evaluation.UsesDecimals && value.Text is { } exact && decimal.TryParse(exact, System.Globalization.CultureInfo.InvariantCulture, out var number)) return Value.Of(number);
        if (value.Text is { } text && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var parsed)) return Value.Of(parsed);
        throw Wrong(index, "number");
    }

    public ScriptFunction Function(int index) => this[index].Function ?? throw Wrong(index, "function");
    public ScriptObject Object(int index) => this[index].Object ?? throw Wrong(index, "object");
    public DateTime Date(int index) => this[index].Kind == ValueKind.Date ? this[index].Date : throw Wrong(index, "date");

    /// <summary>An array, a range or null. Looking at a list costs as many steps as it has items.</summary>
    public Value List(int index)
    {
        var value = this[index];
        if (!value.IsNull && !Lists.IsList(value)) throw Wrong(index, "list");
        Budget.Step(Lists.CountOf(value));
        return value;
    }

    public Value MadeText(string text)
    {
        Budget.ChargeText(text.Length);
        return Value.Of(text);
    }

    public ScriptArray NewArray(long capacity) => Lists.NewArray(capacity, evaluation);

    private ScriptFault Wrong(int index, string wanted) => new(
        $"Unable to convert type `{Kinds.NameOf(this[index])}` to `{wanted}` for the argument `{function.Parameters[index].Name}` of `{function.Name}`");
}
