namespace PaymentEngine.Scripting;

internal sealed class If(Token first, Expression condition, Statement then, Statement? otherwise) : Statement(first)
{
    public Expression Condition => condition;
    public Statement Then => then;
    public Statement? Otherwise => otherwise;

    public override Flow Execute(Evaluation evaluation)
    {
        var isTrue = condition.Test(evaluation);
        evaluation.Trace?.Condition(condition, isTrue, evaluation);
        if (isTrue) return then.Execute(evaluation);
        return otherwise is null ? Flow.Next : otherwise.Execute(evaluation);
    }

    public override IEnumerable<Node> Children => otherwise is null ? [condition, then] : [condition, then, otherwise];
}

internal sealed record When(Expression[] Values, Statement Body);

/// <summary>case x … when a, b … else … end</summary>
internal sealed class Case(Token first, Expression subject, IReadOnlyList<When> branches, Statement? otherwise) : Statement(first)
{
    private readonly When[] _branches = [.. branches];

    public Expression Subject => subject;
    public IReadOnlyList<When> Branches => _branches;
    public Statement? Otherwise => otherwise;

    public override Flow Execute(Evaluation evaluation)
    {
        var value = subject.Evaluate(evaluation);
        foreach (var branch in _branches)
        {
            foreach (var candidate in branch.Values)
            {
                if (!Matches(value, candidate, evaluation)) continue;
                evaluation.Trace?.Branch(subject, candidate, value);
                return branch.Body.Execute(evaluation);
            }
        }

        return otherwise is null ? Flow.Next : otherwise.Execute(evaluation);
    }

    private static bool Matches(Value value, Expression candidate, Evaluation evaluation)
    {
        var other = candidate.Evaluate(evaluation);
        try
        {
            return Comparison.AreEqual(value, other, evaluation);
        }
        catch (ScriptFault fault)
        {
            throw candidate.Fault(fault);
        }
    }

    public override IEnumerable<Node> Children =>
        [subject, .. _branches.SelectMany(branch => branch.Values.Cast<Node>().Append(branch.Body)), .. otherwise is null ? Array.Empty<Node>() : [otherwise]];
}
