namespace PaymentEngine.Scripting;

internal sealed record ForOptions(Expression? Offset, Expression? Limit, bool IsReversed);

/// <summary>for x in list offset: n limit: n reversed … else … end. The variable is the loop's own.</summary>
internal sealed class For(Token first, Target variable, Expression list, ForOptions options, Statement body, Statement? otherwise)
    : Statement(first)
{
    private readonly string[] _names = [variable.Name];

    public Target Variable => variable;
    public Expression List => list;
    public ForOptions Options => options;
    public Statement Body => body;
    public Statement? Otherwise => otherwise;

    public override Flow Execute(Evaluation evaluation)
    {
        var items = list.Evaluate(evaluation);
        var count = Lists.CountOf(items);
        if (count < 0) throw list.Fault($"Unexpected type `{Kinds.NameOf(items)}` for iterator");
        var offset = Math.Clamp(Option(options.Offset, evaluation, 0), 0, count);
        var length = Math.Clamp(Option(options.Limit, evaluation, count), 0, count - offset);
        if (length == 0) return otherwise is null ? Flow.Next : otherwise.Execute(evaluation);

        var loop = new Loop(isFor: true) { Outer = evaluation.Loop, Count = length, ItemNow = Value.Missing };
        evaluation.Loop = loop;
        var flow = variable is Variable global
            ? RunOwnScope(global, items, offset, loop, evaluation)
            : RunLocal((LocalVariable)variable, items, offset, loop, evaluation);
        evaluation.Loop = loop.Outer;
        return flow == Flow.Return ? Flow.Return : Flow.Next;
    }

    private Flow RunOwnScope(Variable global, Value items, long offset, Loop loop, Evaluation evaluation)
    {
        var scope = new ScriptObject(_names, new Value[1]);
        evaluation.Enter(scope, isLoop: true);
        var hint = 0;
        var flow = Flow.Next;
        for (; loop.Index < loop.Count; loop.Index++)
        {
            var item = Next(items, offset, loop, evaluation);
            scope.Set(global.Name, ref hint, item);
            flow = body.Execute(evaluation);
            if (flow is Flow.Break or Flow.Return) break;
        }

        evaluation.Leave();
        return flow;
    }

    private Flow RunLocal(LocalVariable local, Value items, long offset, Loop loop, Evaluation evaluation)
    {
        var before = evaluation.Locals is { } locals && locals.TryGet(local.Name, out var value) ? value : Value.Null;
        var flow = Flow.Next;
        for (; loop.Index < loop.Count; loop.Index++)
        {
            local.Assign(evaluation, Next(items, offset, loop, evaluation));
            flow = body.Execute(evaluation);
            if (flow is Flow.Break or Flow.Return) break;
        }

        local.Assign(evaluation, before);
        return flow;
    }

    private Value Next(Value items, long offset, Loop loop, Evaluation evaluation)
    {
        Looping.Step(this, evaluation);
        var index = options.IsReversed ? offset + loop.Count - 1 - loop.Index : offset + loop.Index;
        var item = Lists.ItemAt(items, index);
        (loop.ItemBefore, loop.ItemNow) = (loop.ItemNow, item);
        return item;
    }

    private static long Option(Expression? option, Evaluation evaluation, long otherwise)
    {
        if (option is null) return otherwise;
        try
        {
            return Numbers.ToLong(option.Evaluate(evaluation));
        }
        catch (ScriptFault fault)
        {
            throw option.Fault(fault);
        }
    }

    public override IEnumerable<Node> Children =>
        new Node?[] { variable, list, options.Offset, options.Limit, body, otherwise }.OfType<Node>();
}
