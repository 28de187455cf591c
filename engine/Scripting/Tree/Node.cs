namespace PaymentEngine.Scripting;

internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
}

/// <summary>
/// A piece of a parsed script. The tree is what runs: each node evaluates itself, and remembers between evaluations
/// nothing but where it found its name last.
/// </summary>
internal abstract class Node(Token first)
{
    public readonly Position At = first.At;
    public readonly int Start = first.Start;

    /// <summary>The offset behind the last character, for quoting the script in messages and traces.</summary>
    public int End { get; set; } = first.End;

    /// <summary>Levels of nodes below, and so of calls that its evaluation needs.</summary>
    public int Height { get; set; }

    public ScriptException Fault(string message) => new(ScriptStage.Run, [new ScriptError(At, message)]);
    public ScriptException Fault(ScriptFault fault) => Fault(fault.Message);

    public abstract IEnumerable<Node> Children { get; }
}

internal abstract class Expression(Token first) : Node(first)
{
    public abstract Value Evaluate(Evaluation evaluation);

    /// <summary>The value itself where Evaluate would call it if it is a function: for @ and for callees.</summary>
    public virtual Value EvaluateAlias(Evaluation evaluation) => Evaluate(evaluation);

    public virtual bool Test(Evaluation evaluation) => Evaluate(evaluation).IsTruthy;

    /// <summary>The name by which messages speak of it.</summary>
    public virtual string Name => "expression";

    /// <summary>Where messages about its value point to: for a path, its last name.</summary>
    public virtual Position NamedAt => At;
}

internal abstract class Statement(Token first) : Node(first)
{
    public abstract Flow Execute(Evaluation evaluation);
}

/// <summary>An expression that can stand to the left of =.</summary>
internal abstract class Target(Token first) : Expression(first)
{
    public abstract void Assign(Evaluation evaluation, Value value);
}
