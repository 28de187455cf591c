using PaymentEngine.Scripting;

namespace PaymentEngine.Routing.Book;

/// <summary>What a script would do with facts that somebody made up, step by step.</summary>
/// <param name="Result">Null when it failed, which <paramref name="Errors"/> then say.</param>
public sealed record ScriptTry(string? Result, ScriptTrace Trace, IReadOnlyList<ScriptError> Errors)
{
    /// <param name="purpose">What it is for.</param>
    /// <param name="text">A script without errors.</param>
    /// <param name="facts">By their names; what is not there is null, 0 or false.</param>
    public static ScriptTry Run(ScriptPurpose purpose, string text, IReadOnlyDictionary<string, Value> facts)
    {
        var model = new ScriptObject();
        foreach (var input in purpose.Schema.Inputs)
        {
            model[input.Name] = facts.TryGetValue(input.Name, out var value) ? value : NothingOf(input.Type);
        }

        var trace = new ScriptTrace();
        try
        {
            var result = Script.Parse(text).Evaluate(model, EvaluationOptions.Rules, trace);
            if (purpose.Schema.Result == ScriptType.Decimal)
            {
                // As in force: what is no number there is none here either.
                RuleScript.NumberOf(result);
            }

            return new ScriptTry(TextOf(result), trace, []);
        }
        catch (ScriptException failed)
        {
            return new ScriptTry(null, trace, failed.Errors);
        }
    }

    private static Value NothingOf(ScriptType type) => type switch
    {
        ScriptType.Integer => Value.Of(0),
        ScriptType.Decimal => Value.Of(0m),
        ScriptType.Bool => Value.False,
        _ => Value.Null,
    };

    private static string TextOf(Value value) => value.ToString() ?? string.Empty;
}
