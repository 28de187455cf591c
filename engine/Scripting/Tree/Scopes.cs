namespace PaymentEngine.Scripting;

/// <summary>capture x … end: what the block writes becomes the value of x.</summary>
internal sealed class Capture(Token first, Target target, Statement body) : Statement(first)
{
    public Target Target => target;
    public Statement Body => body;

    public override Flow Execute(Evaluation evaluation)
    {
        evaluation.Output.BeginCapture();
        var flow = body.Execute(evaluation);
        target.Assign(evaluation, Value.Of(evaluation.Output.EndCapture()));
        return flow;
    }

    public override IEnumerable<Node> Children => [target, body];
}

/// <summary>with x … end: x is the current object.</summary>
internal sealed class With(Token first, Expression subject, Statement body) : Statement(first)
{
    public Expression Subject => subject;
    public Statement Body => body;

    public override Flow Execute(Evaluation evaluation)
    {
        var value = subject.Evaluate(evaluation);
        if (value.Object is not { } scope) throw subject.Fault($"Invalid target `{subject.Name}` ({Kinds.NameOf(value)}) for `with`: expecting an object");
        evaluation.Enter(scope);
        var flow = body.Execute(evaluation);
        evaluation.Leave();
        return flow;
    }

    public override IEnumerable<Node> Children => [subject, body];
}

internal sealed class ReadOnly(Token first, Target variable) : Statement(first)
{
    public Target Variable => variable;

    public override Flow Execute(Evaluation evaluation)
    {
        var holder = variable is LocalVariable ? evaluation.Locals ??= new ScriptObject() : evaluation.TargetOf(variable.Name);
        if (!holder.IsFrozen) holder.MakeReadOnly(variable.Name);
        return Flow.Next;
    }

    public override IEnumerable<Node> Children => [variable];
}

/// <summary>import x: the members of x become variables; read-only ones stay as they are.</summary>
internal sealed class Import(Token first, Expression subject) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation)
    {
        var value = subject.Evaluate(evaluation);
        if (value.IsNull) return Flow.Next;
        if (value.Object is not { } source) throw subject.Fault($"Unexpected type `{Kinds.NameOf(value)}` for `import`: expecting an object");
        var target = evaluation.Current;
        for (var i = 0; i < source.Count; i++)
        {
            var hint = 0;
            if (target.MayWrite(source.Names[i])) Storing.Set(this, target, source.Names[i], ref hint, source.ValueAt(i), evaluation);
        }

        return Flow.Next;
    }

    public override IEnumerable<Node> Children => [subject];
}

/// <summary>The block that $$ runs, and what $$ stands for inside of that block.</summary>
internal sealed record Wrapped(Statement Body, Wrapped? Outer);

/// <summary>wrap f a … end, or wrap @f a … end: f may run the block as $$.</summary>
internal sealed class Wrap(Token first, Expression call, Statement body) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation)
    {
        var outer = evaluation.WrappedBlock;
        evaluation.WrappedBlock = new Wrapped(body, outer);
        var value = call.Evaluate(evaluation);
        evaluation.WrappedBlock = outer;
        if (!evaluation.Output.IsEnabled || value.IsNull) return Flow.Next;
        try
        {
            evaluation.Output.Write(evaluation.TextOf(value));
            return Flow.Next;
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => [call, body];
}
