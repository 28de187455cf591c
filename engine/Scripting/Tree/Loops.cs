namespace PaymentEngine.Scripting;

/// <summary>Where a running loop stands, for for.index and its like.</summary>
internal sealed class Loop(bool isFor)
{
    public bool IsFor => isFor;
    public long Index;
    public long Count;
    public Value ItemBefore;
    public Value ItemNow;
    public Loop? Outer;

    public static readonly IReadOnlyList<string> ForMembers =
        ["index", "rindex", "length", "first", "last", "even", "odd", "changed"];

    public static readonly IReadOnlyList<string> WhileMembers = ["index", "first", "even", "odd"];

    public Value this[string member] => member switch
    {
        "index" => Value.Of(Index),
        "first" => Value.Of(Index == 0),
        "even" => Value.Of((Index & 1) == 0),
        "odd" => Value.Of((Index & 1) == 1),
        "rindex" when isFor => Value.Of(Count - 1 - Index),
        "length" when isFor => Value.Of(Count),
        "last" when isFor => Value.Of(Index == Count - 1),
        "changed" when isFor => Value.Of(!Comparison.AreSame(ItemBefore, ItemNow)),
        _ => Value.Null,
    };
}

/// <summary>for.index, while.first …</summary>
internal sealed class LoopMember(Token first, bool isFor, string member) : Expression(first)
{
    public bool IsFor => isFor;
    public string Member => member;
    public override string Name => $"{(isFor ? "for" : "while")}.{member}";

    public override Value Evaluate(Evaluation evaluation)
    {
        for (var loop = evaluation.Loop; loop is not null; loop = loop.Outer)
        {
            if (loop.IsFor == isFor) return loop[member];
        }

        throw Fault($"`{Name}` can only be used inside a loop");
    }

    public override IEnumerable<Node> Children => [];
}

internal sealed class While(Token first, Expression condition, Statement body) : Statement(first)
{
    public Expression Condition => condition;
    public Statement Body => body;

    public override Flow Execute(Evaluation evaluation)
    {
        var loop = new Loop(isFor: false) { Outer = evaluation.Loop };
        evaluation.Loop = loop;
        var flow = Flow.Next;
        for (; condition.Test(evaluation); loop.Index++)
        {
            Looping.Step(this, evaluation);
            flow = body.Execute(evaluation);
            if (flow is Flow.Break or Flow.Return) break;
        }

        evaluation.Loop = loop.Outer;
        return flow == Flow.Return ? Flow.Return : Flow.Next;
    }

    public override IEnumerable<Node> Children => [condition, body];
}

internal static class Looping
{
    public static void Step(Node at, Evaluation evaluation)
    {
        try
        {
            evaluation.Budget.Step(1);
        }
        catch (ScriptFault fault)
        {
            throw at.Fault(fault);
        }
    }
}
