namespace PaymentEngine.Scripting;

/// <summary>A function of the language, for completion and help in an editor.</summary>
public sealed record LibraryFunction(string Name, IReadOnlyList<ScriptParameter> Parameters, bool IsAllowedInRules);

/// <summary>All that scripts know without being given it.</summary>
public static class ScriptLibrary
{
    public static IReadOnlyList<LibraryFunction> Functions { get; } = [.. Collect().OrderBy(function => function.Name, StringComparer.Ordinal)];

    /// <summary>Rules must decide alike whenever they run, and compute with decimals.</summary>
    internal static bool IsAllowedInRules(BuiltIn function) => !function.IsImpure && function.Name is not ("string.to_float" or "string.to_double");

    private static IEnumerable<LibraryFunction> Collect()
    {
        var root = BuiltInFunctions.Root;
        for (var i = 0; i < root.Count; i++)
        {
            if (root.ValueAt(i).Object is not { } group) continue;
            for (var j = 0; j < group.Count; j++)
            {
                if (group.ValueAt(j).Function is BuiltIn known) yield return new LibraryFunction(known.Name, known.Parameters, IsAllowedInRules(known));
            }
        }
    }
}
