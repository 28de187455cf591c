namespace PaymentEngine.Scripting;

internal sealed class Return(Token first, Expression? value) : Statement(first)
{
    public Expression? Value => value;

    public override Flow Execute(Evaluation evaluation)
    {
        evaluation.Returned = value?.Evaluate(evaluation) ?? Scripting.Value.Null;
        evaluation.Trace?.Return(this, evaluation);
        return Flow.Return;
    }

    public override IEnumerable<Node> Children => value is null ? [] : [value];
}

internal sealed class Jump(Token first, Flow flow) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation) => evaluation.Loop is null
        ? throw Fault($"The statement `{(flow == Flow.Break ? "break" : "continue")}` can only be used inside a loop")
        : flow;

    public override IEnumerable<Node> Children => [];
}
