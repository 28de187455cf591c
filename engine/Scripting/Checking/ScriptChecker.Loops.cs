namespace PaymentEngine.Scripting;

/// <summary>Loops and functions, whose bodies run later or more than once.</summary>
public sealed partial class ScriptChecker
{
    private bool VisitFor(For loop)
    {
        var list = Infer(loop.List);
        if (list.IsKnown && list.Type is not (ScriptType.List or ScriptType.Text or ScriptType.Object))
        {
            Report(loop.List.At, $"A loop needs a list, but this is {list.Name}");
        }

        foreach (var option in new[] { loop.Options.Offset, loop.Options.Limit })
        {
            if (option is not null && Infer(option) is { IsKnown: true, IsNumber: false } wrong) Report(option.At, $"Expecting a number, but this is {wrong.Name}");
        }

        var before = _names.Copy();
        var item = list.Type == ScriptType.Text ? Inferred.Text : list.Item;
        VisitBody(loop.Body, names => names.Set(loop.Variable.Name, item));
        _names = before;
        if (loop.Otherwise is not null)
        {
            _names = before.Copy();
            Visit(loop.Otherwise);
            _names = before;
        }

        return false;
    }

    private bool VisitWhile(While loop)
    {
        var before = _names.Copy();
        VisitBody(loop.Body, _ => { }, loop.Condition);
        _names = before;
        return false;
    }

    /// <summary>Twice: what the first round assigns may change the types that the second round meets.</summary>
    private void VisitBody(Statement body, Action<Names> enter, Expression? condition = null)
    {
        _loopDepth++;
        var before = _names.Copy();
        _muted++;
        enter(_names);
        if (condition is not null) Condition(condition);
        Visit(body);
        _muted--;
        foreach (var name in before.All.ToList())
        {
            if (_names.Find(name) is { } after) before.Set(name, Inferred.Join(before.Find(name)!, after));
        }

        _names = before;
        enter(_names);
        if (condition is not null) Condition(condition);
        Visit(body);
        _loopDepth--;
    }

    private void VisitFunction(FunctionStatement statement)
    {
        if (statement.Target is not Variable) Report(statement.At, "A function of a rule has a plain name");
        Assign(statement.Target, new Inferred(ScriptType.Function, Function: statement.Function));
        VisitFunctionBody(statement.Function);
    }

    private void VisitFunctionBody(FunctionLiteral function)
    {
        var (outer, loops, returned) = (_names, _loopDepth, _returned);
        _names = outer.Copy();
        (_loopDepth, _returned) = (0, null);
        foreach (var name in _assigned)
        {
            // Whether it has a value when the function runs is not known here; its type is not either.
            if (_names.Find(name) is null) _names.Set(name, Inferred.Any);
        }

        foreach (var parameter in function.ParameterNodes ?? [])
        {
            if (parameter.Default is not null) Infer(parameter.Default);
        }

        foreach (var parameter in function.ParameterNodes ?? []) _names.Set(parameter.Name, Inferred.Any);
        _functionDepth++;
        if (function.Body is Expression expression) _returned = Infer(expression);
        else if (!Visit((Statement)function.Body)) _returned = Inferred.Any; // what its last expression gives
        _functionDepth--;
        _results[function] = _returned ?? Inferred.Any;
        (_names, _loopDepth, _returned) = (outer, loops, returned);
    }
}
