namespace PaymentEngine.Scripting;

/// <summary>What the checker knows of a value before the script runs.</summary>
public enum ScriptType
{
    /// <summary>Known only when it runs.</summary>
    Any,
    Null,
    Bool,
    Integer,
    Decimal,
    Text,
    Date,
    TimeSpan,
    List,
    Object,
    Function,
}

/// <summary>A name that the host gives to scripts, as the console's completion shows it.</summary>
public sealed record ScriptInput(string Name, ScriptType Type, string Description, ScriptType ItemType = ScriptType.Any);

public delegate TValue InputReader<TModel, out TValue>(in TModel model);

/// <summary>All that a rule may see, and what it must return. Nothing else of the host is visible to it.</summary>
public abstract class ScriptSchema
{
    private readonly Dictionary<string, ScriptInput> _inputs = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ScriptInput> Inputs => _inputs.Values;

    /// <summary>What every branch must return; Any when the script is free to return nothing.</summary>
    public ScriptType Result { get; init; }

    public ScriptInput? Find(string name) => _inputs.GetValueOrDefault(name);

    private protected void Declare(ScriptInput input)
    {
        if (BuiltInFunctions.Root.Contains(input.Name)) throw new ArgumentException($"`{input.Name}` is a name of the language", nameof(input));
        _inputs.Add(input.Name, input);
    }
}

/// <summary>A schema whose values are read from a model, each by a function of its own, so that nothing is boxed.</summary>
public sealed class ScriptSchema<TModel> : ScriptSchema
{
    private readonly Dictionary<string, object> _readers = new(StringComparer.Ordinal);

    public ScriptSchema<TModel> Integer(string name, string description, InputReader<TModel, long> read) =>
        Add(new ScriptInput(name, ScriptType.Integer, description), read);

    public ScriptSchema<TModel> Decimal(string name, string description, InputReader<TModel, decimal> read) =>
        Add(new ScriptInput(name, ScriptType.Decimal, description), read);

    public ScriptSchema<TModel> Bool(string name, string description, InputReader<TModel, bool> read) =>
        Add(new ScriptInput(name, ScriptType.Bool, description), read);

    public ScriptSchema<TModel> Text(string name, string description, InputReader<TModel, string?> read) =>
        Add(new ScriptInput(name, ScriptType.Text, description), read);

    public ScriptSchema<TModel> Texts(string name, string description, InputReader<TModel, IReadOnlyList<string>> read) =>
        Add(new ScriptInput(name, ScriptType.List, description, ScriptType.Text), read);

    private ScriptSchema<TModel> Add(ScriptInput input, object read)
    {
        Declare(input);
        _readers.Add(input.Name, read);
        return this;
    }

    internal object ReaderOf(string name) => _readers[name];
}
