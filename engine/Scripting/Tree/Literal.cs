namespace PaymentEngine.Scripting;

internal sealed class Literal(Token first, Value value) : Expression(first)
{
    public Value Value { get; } = value;
    public override string Name => TextForm.Of(Value);
    public override Value Evaluate(Evaluation evaluation) => Value;
    public override IEnumerable<Node> Children => [];
}

/// <summary>A fraction without suffix: a double, or a decimal where rules are written.</summary>
internal sealed class FractionLiteral(Token first, double number, decimal? exact) : Expression(first)
{
    private readonly Value _double = Value.Of(number);
    private readonly Value _decimal = exact is { } known ? Value.Of(known) : Value.Null;

    public decimal? Exact { get; } = exact;

    public FractionLiteral Negate(Token sign) => new(sign, -number, -Exact);

    public override Value Evaluate(Evaluation evaluation)
    {
        if (!evaluation.UsesDecimals) return _double;
        return _decimal.IsNull ? throw Fault("The number is out of the range of decimals") : _decimal;
    }

    public override IEnumerable<Node> Children => [];
}

internal sealed class Interpolation(Token first, IReadOnlyList<Expression> parts) : Expression(first)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        try
        {
            var texts = new string[parts.Count];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = evaluation.TextOf(parts[i].Evaluate(evaluation));
                evaluation.Budget.ChargeText(texts[i].Length);
            }

            return Value.Of(string.Concat(texts));
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => parts;
}

internal sealed class ArrayLiteral(Token first, IReadOnlyList<Expression> items) : Expression(first)
{
    private readonly Expression[] _items = [.. items];

    public IReadOnlyList<Expression> Items => _items;

    public override Value Evaluate(Evaluation evaluation)
    {
        try
        {
            var array = Lists.NewArray(_items.Length, evaluation);
            foreach (var item in _items) array.Add(item.Evaluate(evaluation));
            return Value.Of(array);
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => _items;
}

internal sealed class ObjectLiteral(Token first, IReadOnlyList<(string Name, Expression Value)> members) : Expression(first)
{
    private readonly (string Name, Expression Value)[] _members = [.. members];

    public IReadOnlyList<(string Name, Expression Value)> Members => _members;

    public override Value Evaluate(Evaluation evaluation)
    {
        try
        {
            evaluation.Budget.Charge(96 + 24L * _members.Length);
            var made = new ScriptObject(Math.Max(1, _members.Length));
            foreach (var (name, value) in _members) made.Set(name, value.Evaluate(evaluation));
            return Value.Of(made);
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => _members.Select(member => member.Value);
}
