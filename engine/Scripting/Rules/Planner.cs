namespace PaymentEngine.Scripting;

/// <summary>Turns what it knows into a plan, and answers null for the rest: then the whole rule runs on the tree.</summary>
internal sealed class Planner<TModel>(ScriptSchema<TModel> schema)
{
    public PlanStatement<TModel>? TryPlan(Statement statement)
    {
        switch (statement)
        {
            case Block block: return PlanBlock(block);
            case Return { Value: { } value }: return Expression(value) is { } plan ? new PlanReturn<TModel>(plan) : null;
            case If branch: return PlanBranch(branch);
            default: return null;
        }
    }

    private PlanStatement<TModel>? PlanBlock(Block block)
    {
        var statements = block.Statements.Select(TryPlan).ToArray();
        if (statements.Contains(null)) return null;
        return statements.Length == 1 ? statements[0] : new PlanBlock<TModel>(statements!);
    }

    private PlanIf<TModel>? PlanBranch(If branch)
    {
        var condition = Expression(branch.Condition) as BoolPlan<TModel>;
        var then = TryPlan(branch.Then);
        var otherwise = branch.Otherwise is null ? null : TryPlan(branch.Otherwise);
        if (condition is null || then is null || (otherwise is null && branch.Otherwise is not null)) return null;
        return new PlanIf<TModel>(condition, then, otherwise);
    }

    private Plan<TModel>? Expression(Expression expression) => expression switch
    {
        Group group => Expression(group.Inner),
        Literal literal => Constant(literal.Value),
        FractionLiteral { Exact: { } exact } => new DecimalConstant<TModel>(exact),
        Variable variable when schema.Find(variable.Name) is not null => Input(schema.ReaderOf(variable.Name)),
        Not not => Expression(not.Operand) is BoolPlan<TModel> operand ? new PlanNot<TModel>(operand) : null,
        Logical logical => PlanLogical(logical),
        Binary binary => PlanBinary(binary),
        Conditional choice => PlanChoice(choice),
        _ => null,
    };

    private static Plan<TModel>? Constant(Value value) => value.Kind switch
    {
        ValueKind.Int or ValueKind.Long => new IntegerConstant<TModel>(value.Bits),
        ValueKind.Decimal => new DecimalConstant<TModel>(value.Decimal),
        ValueKind.Text or ValueKind.Null => new TextConstant<TModel>(value.Text),
        ValueKind.Bool => new BoolConstant<TModel>(value.IsTruthy),
        _ => null,
    };

    public static Plan<TModel> Input(object reader) => reader switch
    {
        InputReader<TModel, long> integer => new IntegerInput<TModel>(integer),
        InputReader<TModel, decimal> number => new DecimalInput<TModel>(number),
        InputReader<TModel, bool> flag => new BoolInput<TModel>(flag),
        InputReader<TModel, string?> text => new TextInput<TModel>(text),
        var list => new ListInput<TModel>((InputReader<TModel, IReadOnlyList<string>>)list),
    };

    private BoolPlan<TModel>? PlanLogical(Logical logical)
    {
        if (Expression(logical.Left) is not BoolPlan<TModel> left || Expression(logical.Right) is not BoolPlan<TModel> right) return null;
        return Fusion.Join(logical.Which == Operator.And, left, right);
    }

    private NumberChoice<TModel>? PlanChoice(Conditional choice) =>
        Expression(choice.Condition) is BoolPlan<TModel> condition
        && Expression(choice.Then) is NumberPlan<TModel> then
        && Expression(choice.Otherwise) is NumberPlan<TModel> otherwise
            ? new NumberChoice<TModel>(condition, then, otherwise)
            : null;

    private Plan<TModel>? PlanBinary(Binary binary)
    {
        var (left, right) = (Expression(binary.Left), Expression(binary.Right));
        if (Operators.IsComparison(binary.Which)) return Comparing(binary.Which, left, right);
        if (left is not NumberPlan<TModel> a || right is not NumberPlan<TModel> b) return null;
        if (left is IntegerPlan<TModel> i && right is IntegerPlan<TModel> j && IntegerArithmetic<TModel>.Knows(binary.Which))
        {
            return new IntegerArithmetic<TModel>(binary.Which, i, j);
        }

        return DecimalArithmetic<TModel>.Knows(binary.Which) ? new DecimalArithmetic<TModel>(binary.Which, a, b) : null;
    }

    private static BoolPlan<TModel>? Comparing(Operator which, Plan<TModel>? left, Plan<TModel>? right)
    {
        if (left is TextPlan<TModel> a && right is TextPlan<TModel> b) return ComparingTexts(which, a, b);
        if (left is not NumberPlan<TModel> || right is not NumberPlan<TModel>) return null;
        return which switch
        {
            Operator.Less => Order<IsLess>(left, right),
            Operator.LessOrEqual => Order<IsLessOrEqual>(left, right),
            Operator.Greater => Order<IsGreater>(left, right),
            Operator.GreaterOrEqual => Order<IsGreaterOrEqual>(left, right),
            Operator.Equal => Order<IsEqual>(left, right),
            _ => Order<IsNotEqual>(left, right),
        };
    }

    private static BoolPlan<TModel> Order<TOrder>(Plan<TModel> left, Plan<TModel> right) where TOrder : struct, IOrder => (left, right) switch
    {
        (IntegerInput<TModel> input, IntegerConstant<TModel> constant) => new InputOrder<TModel, TOrder>(input.Read, constant.Number),
        (IntegerPlan<TModel> a, IntegerPlan<TModel> b) => new IntegerOrder<TModel, TOrder>(a, b),
        _ => new NumberOrder<TModel, TOrder>((NumberPlan<TModel>)left, (NumberPlan<TModel>)right),
    };

    /// <summary>Order between texts is left to the tree, where null has its own answer.</summary>
    private static BoolPlan<TModel>? ComparingTexts(Operator which, TextPlan<TModel> left, TextPlan<TModel> right)
    {
        if (which is not (Operator.Equal or Operator.NotEqual)) return null;
        BoolPlan<TModel> equal = left is TextInput<TModel> input && right is TextConstant<TModel> constant
            ? new TextIs<TModel>(input.Read, constant.Text)
            : new TextsAreEqual<TModel>(left, right);
        return which == Operator.Equal ? equal : new PlanNot<TModel>(equal);
    }
}
