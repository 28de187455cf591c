namespace PaymentEngine.Scripting;

internal sealed record ParameterNode(string Name, Expression? Default);

/// <summary>What all forms of functions share: func f, func f(a, b = 1, rest...), f(a) = …, do … end.</summary>
internal sealed class FunctionLiteral(Token first, string name, IReadOnlyList<ParameterNode>? parameters, bool takesRest, Node body)
    : Expression(first)
{
    public override string Name => name;
    public IReadOnlyList<ParameterNode>? ParameterNodes => parameters;
    public bool TakesRest => takesRest;
    public string[] Names { get; } = parameters?.Select(parameter => parameter.Name).ToArray() ?? [];
    public Node Body => body;

    /// <summary>$ costs an array for each call, and few functions with parameters use it.</summary>
    public bool UsesArguments { get; } = Mentions(body);

    private static bool Mentions(Node node) => node is ArgumentsVariable || node.Children.Any(Mentions);

    public override Value Evaluate(Evaluation evaluation) => Value.Of(new UserFunction(this));
    public override IEnumerable<Node> Children =>
        [.. (parameters ?? []).Where(p => p.Default is not null).Select(p => p.Default!), body];

    public IReadOnlyList<ScriptParameter>? Signature { get; } = parameters?
        .Select((parameter, at) => new ScriptParameter(
            parameter.Name, ParameterType.Any, parameter.Default is not null || (takesRest && at == parameters!.Count - 1)))
        .ToArray();
}

/// <summary>A function of the script. It keeps no scope: names are looked up where it is called.</summary>
internal sealed class UserFunction(FunctionLiteral code) : ScriptFunction
{
    internal override string Name => code.Name;
    internal override IReadOnlyList<ScriptParameter>? Parameters => code.Signature;
    internal override bool TakesRest => code.TakesRest;

    internal override Value Call(Evaluation evaluation, ReadOnlySpan<Value> arguments, ScriptObject? named)
    {
        evaluation.Budget.Charge(160 + 32L * arguments.Length);
        var outer = (evaluation.Locals, evaluation.Arguments, evaluation.Loop);
        evaluation.Locals = null;
        evaluation.Loop = null;
        Value result;
        if (code.ParameterNodes is null)
        {
            evaluation.Arguments = new ScriptArray(arguments) { Members = named };
            result = Run(evaluation);
        }
        else
        {
            if (named is not null) arguments = Arrange(arguments, named);
            var scope = Bind(evaluation, arguments);
            evaluation.Enter(scope);
            result = Run(evaluation);
            evaluation.Leave();
        }

        (evaluation.Locals, evaluation.Arguments, evaluation.Loop) = outer;
        return result;
    }

    private ScriptObject Bind(Evaluation evaluation, ReadOnlySpan<Value> arguments)
    {
        var parameters = code.ParameterNodes!;
        var fixedCount = code.TakesRest ? parameters.Count - 1 : parameters.Count;
        if (arguments.Length > fixedCount && !code.TakesRest) throw WrongCount(arguments.Length);
        var values = new Value[parameters.Count];
        for (var i = 0; i < fixedCount; i++)
        {
            if (i < arguments.Length && !arguments[i].IsMissing) values[i] = arguments[i];
            else if (parameters[i].Default is { } missing) values[i] = missing.Evaluate(evaluation);
            else throw WrongCount(arguments.Length);
        }

        if (code.TakesRest)
        {
            var rest = new ScriptArray(arguments.Length > fixedCount ? arguments[fixedCount..] : []);
            values[^1] = Value.Of(rest);
        }

        evaluation.Arguments = code.UsesArguments ? new ScriptArray(values) : null;
        return new ScriptObject(code.Names, values);
    }

    private Value Run(Evaluation evaluation)
    {
        if (code.Body is Expression expression) return expression.Evaluate(evaluation);
        evaluation.Returned = Value.Null;
        ((Statement)code.Body).Execute(evaluation);
        var result = evaluation.Returned;
        evaluation.Returned = Value.Null;
        return result;
    }
}
