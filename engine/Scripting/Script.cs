using System.Diagnostics.CodeAnalysis;

namespace PaymentEngine.Scripting;

public enum ScriptMode
{
    /// <summary>The whole text is code.</summary>
    Script,

    /// <summary>Text with code in {{ }}.</summary>
    Template,
}

/// <summary>A parsed script. It is immutable: any number of threads may evaluate it at once.</summary>
public sealed class Script
{
    [ThreadStatic]
    private static Evaluation? t_spare;

    private readonly ScriptLimits _limits;

    private Script(string text, Block page, ScriptLimits limits)
    {
        (Text, Page, _limits) = (text, page, limits);
    }

    public string Text { get; }
    internal Block Page { get; }

    /// <exception cref="ScriptException">All errors of the script at once.</exception>
    public static Script Parse(string text, ScriptMode mode = ScriptMode.Script, ScriptLimits? limits = null) =>
        TryParse(text, mode, limits, out var script, out var errors) ? script : throw new ScriptException(ScriptStage.Parse, errors);

    public static bool TryParse(string text, ScriptMode mode, ScriptLimits? limits, [NotNullWhen(true)] out Script? script, out IReadOnlyList<ScriptError> errors)
    {
        limits ??= ScriptLimits.Default;
        var found = new List<ScriptError>();
        var page = Parser.Parse(text, mode == ScriptMode.Template, limits, found);
        errors = found;
        script = found.Count == 0 ? new Script(text, page, limits) : null;
        return script is not null;
    }

    /// <summary>What the script prints; a value that it returns is printed last.</summary>
    public string Render(ScriptObject? model = null, EvaluationOptions? options = null, ScriptTrace? trace = null)
    {
        options ??= EvaluationOptions.Lenient;
        return Run(ModelCopy.Of(model), options with { WritesOutput = true }, trace, static evaluation =>
        {
            if (!evaluation.Returned.IsNull) evaluation.Output.Write(evaluation.TextOf(evaluation.Returned));
            return evaluation.Output.Take();
        });
    }

    /// <summary>What the script returns, or else the value of its last expression. Nothing is printed.</summary>
    public Value Evaluate(ScriptObject? model = null, EvaluationOptions? options = null, ScriptTrace? trace = null)
    {
        options ??= EvaluationOptions.Lenient;
        if (options.WritesOutput) options = options with { WritesOutput = false };
        return EvaluateIn(ModelCopy.Of(model), options, trace);
    }

    /// <summary>Evaluates in an object that was made for this evaluation only.</summary>
    internal Value EvaluateIn(ScriptObject globals, EvaluationOptions options, ScriptTrace? trace) =>
        Run(globals, options, trace, static evaluation => evaluation.Returned);

    private T Run<T>(ScriptObject globals, EvaluationOptions options, ScriptTrace? trace, Func<Evaluation, T> finish)
    {
        var evaluation = t_spare ?? new Evaluation();
        t_spare = null;
        if (trace is not null) trace.Source = Text;
        evaluation.Reset(_limits, options, globals, trace);
        try
        {
            Page.Execute(evaluation);
            return finish(evaluation);
        }
        catch (ScriptFault fault)
        {
            throw Page.Fault(fault);
        }
        finally
        {
            evaluation.Release();
            t_spare = evaluation;
        }
    }
}
