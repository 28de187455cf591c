namespace PaymentEngine.Scripting;

public static class RuleScript
{
    /// <exception cref="ScriptException">All errors that keep the rule from going live.</exception>
    public static RuleScript<TModel> Compile<TModel>(string text, ScriptSchema<TModel> schema, ScriptLimits? limits = null)
    {
        var script = Script.Parse(text, ScriptMode.Script, limits);
        var findings = ScriptChecker.Check(script, schema);
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        return errors.Count > 0
            ? throw new ScriptException(ScriptStage.Check, errors)
            : new RuleScript<TModel>(script, schema, findings);
    }

    /// <summary>What a rule returned, as the decimal that it promised.</summary>
    /// <exception cref="ScriptException">It is no number, or none that a decimal can hold.</exception>
    public static decimal NumberOf(Value value)
    {
        try
        {
            return value.IsNumber ? Numbers.ToDecimal(value) : throw new ScriptFault($"The script must return a number, but returned {Kinds.NameOf(value)}");
        }
        catch (ScriptFault fault)
        {
            throw new ScriptException(ScriptStage.Run, [new ScriptError(new Position(1, 1), fault.Message)]);
        }
    }
}

/// <summary>
/// A checked rule, ready to run. What is conditions over declared values becomes a plan that allocates nothing;
/// everything else runs on the tree, with the same results.
/// </summary>
public sealed class RuleScript<TModel>
{
    private readonly Script _script;
    private readonly string[] _names;
    private readonly Plan<TModel>[] _inputs;
    private readonly PlanStatement<TModel>? _plan;

    internal RuleScript(Script script, ScriptSchema<TModel> schema, IReadOnlyList<ScriptError> warnings)
    {
        (_script, Warnings) = (script, warnings);
        var used = new HashSet<string>(StringComparer.Ordinal);
        CollectUsed(script.Page, schema, used);
        _names = [.. used];
        _inputs = [.. used.Select(name => Planner<TModel>.Input(schema.ReaderOf(name)))];
        _plan = new Planner<TModel>(schema).TryPlan(script.Page);
    }

    public string Text => _script.Text;
    public IReadOnlyList<ScriptError> Warnings { get; }

    /// <summary>Whether the rule runs as a plan, without allocation.</summary>
    public bool IsPlanned => _plan is not null;

    public Value Evaluate(in TModel model)
    {
        if (_plan is not null)
        {
            try
            {
                return _plan.Run(model)?.ToValue(model) ?? Value.Null;
            }
            catch (ArithmeticException)
            {
                // Too large for the plan's numbers, or a division by zero: the tree knows the right answer, and the right error.
            }
        }

        return Interpret(model, null);
    }

    /// <summary>For rules whose result is a number: a computed decimal is not boxed on its way.</summary>
    public decimal EvaluateNumber(in TModel model)
    {
        if (_plan is not null)
        {
            try
            {
                if (_plan.Run(model) is NumberPlan<TModel> number) return number.ToDecimal(model);
            }
            catch (ArithmeticException)
            {
                // As in Evaluate.
            }
        }

        return RuleScript.NumberOf(Interpret(model, null));
    }

    /// <summary>Evaluates on the tree and records each decision on the way.</summary>
    public Value Evaluate(in TModel model, ScriptTrace trace) => Interpret(model, trace);

    private Value Interpret(in TModel model, ScriptTrace? trace)
    {
        var values = new Value[_inputs.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _inputs[i].ToValue(model);
        return _script.EvaluateIn(new ScriptObject(_names, values), EvaluationOptions.Rules, trace);
    }

    /// <summary>Only what the rule names is read from the model.</summary>
    private static void CollectUsed(Node node, ScriptSchema schema, HashSet<string> used)
    {
        if (node is Variable variable && schema.Find(variable.Name) is { } input) used.Add(string.Intern(input.Name));
        foreach (var child in node.Children) CollectUsed(child, schema, used);
    }
}
