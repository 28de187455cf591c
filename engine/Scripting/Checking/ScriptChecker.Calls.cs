namespace PaymentEngine.Scripting;

/// <summary>Calls: whether the function exists, and whether it takes what it is given.</summary>
public sealed partial class ScriptChecker
{
    private Inferred InferCall(Call call)
    {
        WarnOfOperators(call);
        var callee = InferAlias(call.Callee);
        var types = call.Arguments.Select(argument => argument is Spread spread ? Infer(spread.Operand) : Infer(argument)).ToList();
        foreach (var named in call.Named) Infer(named.Value);
        if (callee.IsKnown && callee.Type != ScriptType.Function)
        {
            Report(call.Callee.At, $"`{call.Callee.Name}` is {callee.Name} and cannot be called");
            return Inferred.Any;
        }

        var builtIn = FindBuiltIn(call.Callee);
        var (name, parameters, rest) = builtIn is not null
            ? (builtIn.Name, builtIn.Parameters, builtIn.TakesRest)
            : (call.Name, callee.Function?.Signature, callee.Function?.TakesRest ?? false);
        if (parameters is null) return ResultOf(callee);
        CheckNamed(call, name, parameters);
        var isOpen = call.Arguments.Any(argument => argument is Spread);
        if (!isOpen) CheckCount(call.Callee, name, parameters, rest, call.Arguments.Count, call.Named);
        for (var i = 0; i < Math.Min(types.Count, parameters.Count) && !isOpen; i++)
        {
            if (types[i].Suits(parameters[i].Type)) continue;
            Report(call.Arguments[i].At, $"`{name}` takes {Inferred.Of(parameters[i].Type).Name} for `{parameters[i].Name}`, but this is {types[i].Name}");
        }

        return builtIn is null ? ResultOf(callee) : CallOf(builtIn, call.Callee, null, types);
    }

    /// <summary>What a function of the script gives; unknown while it is still being read, as when it calls itself.</summary>
    private Inferred ResultOf(Inferred callee) => callee.Function is { } function ? _results.GetValueOrDefault(function, Inferred.Any) : Inferred.Any;

    /// <summary>f a + b calls f with a + b. Whoever meant that can say so with parentheses.</summary>
    private void WarnOfOperators(Call call)
    {
        if (call.Form == CallForm.Parenthesised) return;
        foreach (var argument in call.Arguments.Skip(call.Form == CallForm.Piped ? 1 : 0))
        {
            if (argument is not (Binary or Logical or Coalesce or Conditional)) continue;
            Warn(argument.At, $"The operator belongs to the argument of `{call.Name}`: put parentheses around what is meant");
        }
    }

    private void CheckNamed(Call call, string name, IReadOnlyList<ScriptParameter> parameters)
    {
        foreach (var named in call.Named)
        {
            if (parameters.Any(parameter => parameter.Name == named.Name)) continue;
            var suggestion = Suggestion.For(named.Name, parameters.Select(parameter => parameter.Name));
            Report(named.At, $"`{name}` has no parameter `{named.Name}`{suggestion}");
        }
    }

    private void CheckCount(Expression callee, string name, IReadOnlyList<ScriptParameter>? parameters, bool rest, int count, IReadOnlyList<NamedArgument>? named = null)
    {
        if (parameters is null) return;
        var given = parameters.Where((parameter, at) => at < count || (named?.Any(argument => argument.Name == parameter.Name) ?? false)).ToList();
        var isEnough = parameters.All(parameter => parameter.IsOptional || given.Contains(parameter));
        if (isEnough && (rest || count <= parameters.Count)) return;
        var least = parameters.Count(parameter => !parameter.IsOptional);
        var wanted = rest ? $"at least {least}" : least == parameters.Count ? $"{least}" : $"{least} to {parameters.Count}";
        Report(callee.At, $"`{name}` takes {wanted} argument{(wanted == "1" ? "" : "s")}, but is given {count + (named?.Count ?? 0)}");
    }

    private Inferred CallOf(BuiltIn builtIn, Expression at, int? count, IReadOnlyList<Inferred>? types = null)
    {
        if (!ScriptLibrary.IsAllowedInRules(builtIn))
        {
            Report(at.At, $"`{builtIn.Name}` cannot be used in rules: they {(builtIn.IsImpure ? "must decide alike whenever they run" : "compute with decimals")}");
        }

        if (count is { } given) CheckCount(at, builtIn.Name, builtIn.Parameters, builtIn.TakesRest, given);
        // Functions on numbers keep integers integers, and so do lists their items.
        if (builtIn.Result == ParameterType.Number && IsWhole(builtIn.Name)) return Inferred.Integer;
        if (builtIn.Result == ParameterType.List && types is [{ Type: ScriptType.List } list, ..] && KeepsItems(builtIn.Name)) return list;
        return IsQuestion(builtIn.Name) ? Inferred.Bool : Inferred.Of(builtIn.Result);
    }

    private static bool IsWhole(string name) => name is "array.size" or "string.size" or "object.size" or "string.index_of";

    private static bool KeepsItems(string name) =>
        name is "array.compact" or "array.filter" or "array.limit" or "array.offset" or "array.remove_at" or "array.reverse" or "array.sort" or "array.uniq";

    private static bool IsQuestion(string name) => name is "array.any" or "array.contains" or "string.contains" or "string.starts_with"
        or "string.ends_with" or "string.equals_ignore_case" or "string.empty" or "string.whitespace" or "math.is_number"
        or "object.has_key" or "object.has_value";
}
