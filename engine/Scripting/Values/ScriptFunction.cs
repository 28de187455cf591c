namespace PaymentEngine.Scripting;

/// <summary>A parameter as callers see it; the checker knows from its type what may be passed.</summary>
public sealed record ScriptParameter(string Name, ParameterType Type, bool IsOptional = false);

public enum ParameterType
{
    Any,
    Number,
    Text,
    List,
    Object,
    Function,
    Date,
    TimeSpan,
}

public abstract class ScriptFunction : HeapValue
{
    internal abstract string Name { get; }

    /// <summary>Null when the function takes whatever comes, in $.</summary>
    internal virtual IReadOnlyList<ScriptParameter>? Parameters => null;

    internal virtual bool TakesRest => false;

    private protected ScriptFunction() : base(ValueKind.Function)
    {
    }

    internal abstract Value Call(Evaluation evaluation, ReadOnlySpan<Value> arguments, ScriptObject? named);

    /// <summary>Puts named arguments into the places of their parameters; what is left out between them is missing.</summary>
    private protected Value[] Arrange(ReadOnlySpan<Value> arguments, ScriptObject named)
    {
        var parameters = Parameters!;
        var arranged = new Value[Math.Max(parameters.Count, arguments.Length)];
        Array.Fill(arranged, Value.Missing);
        arguments.CopyTo(arranged);
        var used = arguments.Length;
        for (var i = 0; i < named.Count; i++)
        {
            var at = IndexOf(parameters, named.Names[i]);
            if (at < 0) throw new ScriptFault($"The named argument `{named.Names[i]}` is not a parameter of `{Name}`");
            arranged[at] = named.ValueAt(i);
            used = Math.Max(used, at + 1);
        }

        return arranged[..used];
    }

    private static int IndexOf(IReadOnlyList<ScriptParameter> parameters, string name)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name == name) return i;
        }

        return -1;
    }

    private protected ScriptFault WrongCount(int count)
    {
        var parameters = Parameters!;
        var least = parameters.Count(p => !p.IsOptional);
        var expected = TakesRest ? $"at least {least}" : least == parameters.Count ? $"{least}" : $"{least} to {parameters.Count}";
        return new ScriptFault($"Invalid number of arguments `{count}` passed to `{Name}` while expecting `{expected}` arguments");
    }
}
