namespace PaymentEngine.Scripting;

/// <summary>The names that every script knows. They are shared by all evaluations and cannot be written to.</summary>
internal static class BuiltInFunctions
{
    public static readonly ScriptObject Date = Group("date", DateFunctions.All, ("default_format", Value.Of(TextForm.DefaultDateFormat)));

    public static readonly ScriptObject Root = MakeRoot();

    /// <summary>The language has them, but there are no templates to include here.</summary>
    private static BuiltIn[] Including =>
    [
        new("include", "name:Text arguments...", Include) { IsImpure = true },
        new("include_join", "names:List separator:Text begin:Text? end:Text?", Include) { IsImpure = true },
    ];

    private static Value Include(Args a)
    {
        var name = a.Text(0);
        throw new ScriptFault($"Unable to include <{name[..Math.Min(name.Length, 64)]}>. No template loader is registered here");
    }

    private static ScriptObject MakeRoot()
    {
        var root = new ScriptObject(16);
        root.Set("array", Value.Of(Group("array", [.. ArrayFunctions.All, .. ArrayHigherFunctions.All])));
        root.Set("date", Value.Of(Date));
        root.Set("html", Value.Of(Group("html", HtmlFunctions.All)));
        root.Set("math", Value.Of(Group("math", MathFunctions.All)));
        root.Set("object", Value.Of(Group("object", ObjectFunctions.All)));
        root.Set("regex", Value.Of(Group("regex", RegexFunctions.All)));
        root.Set("string", Value.Of(Group("string", [.. StringFunctions.All, .. StringPartFunctions.All, .. HashFunctions.All])));
        root.Set("timespan", Value.Of(Group("timespan", TimeSpanFunctions.All, ("zero", Value.Of(TimeSpan.Zero)))));
        foreach (var function in Including) root.Set(function.Name, Value.Of(function));
        root.Set("empty", Value.Of(ScriptObject.Empty));
        return root.Freeze();
    }

    private static ScriptObject Group(string name, IReadOnlyList<BuiltIn> functions, params (string Name, Value Value)[] constants)
    {
        var group = new ScriptObject(functions.Count + constants.Length);
        foreach (var function in functions) group.Set(string.Intern(function.Name[(name.Length + 1)..]), Value.Of(function));
        foreach (var (constant, value) in constants) group.Set(constant, value);
        return group.Freeze();
    }
}
