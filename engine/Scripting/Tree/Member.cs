namespace PaymentEngine.Scripting;

/// <summary>target.name and target?.name</summary>
internal sealed class Member(Token first, Expression target, string name, bool isOptional, Position keyAt) : Target(first)
{
    private int _hint;

    public Expression Of => target;
    public string Key => name;
    public Position KeyAt => keyAt;
    public bool IsOptional => isOptional;
    public override string Name => $"{target.Name}{(isOptional ? "?." : ".")}{name}";
    public override Position NamedAt => keyAt;

    public override Value Evaluate(Evaluation evaluation) => Calling.CallIfFunction(this, EvaluateAlias(evaluation), evaluation);

    public override Value EvaluateAlias(Evaluation evaluation)
    {
        var holder = target.Evaluate(evaluation);
        if (holder.Object is { } known && known.TryGet(name, ref _hint, out var value)) return value;
        if (holder.IsNull)
        {
            return isOptional ? Value.Null : throw KeyFault($"Cannot get the member {Name} for a null object.");
        }

        if (Members.TryGet(holder, name, evaluation, out value)) return value;
        if (evaluation.Options.HasStrictMembers && !isOptional) throw KeyFault($"The member `{Name}` was not found");
        return Value.Null;
    }

    public override void Assign(Evaluation evaluation, Value value)
    {
        var holder = target.Evaluate(evaluation);
        if (holder.IsNull) throw KeyFault($"Cannot set the member {Name} for a null object.");
        if (ReferenceEquals(holder.Ref, BuiltInFunctions.Date) && name == "format" && value.Text is { } format)
        {
            evaluation.DateFormat = format;
            return;
        }

        if (holder.Array is { IsReadOnly: false } array) holder = Value.Of(array.Members ??= new ScriptObject());
        if (holder.Object is not { } known || !known.MayWrite(name)) throw KeyFault($"Cannot set a value for the readonly member: {Name}");
        Storing.Set(this, known, name, ref _hint, value, evaluation);
    }

    private ScriptException KeyFault(string message) => new(ScriptStage.Run, [new ScriptError(keyAt, message)]);

    public override IEnumerable<Node> Children => [target];
}

/// <summary>target[index]: negative indexes count from the end, what is not there is null.</summary>
internal sealed class Indexer(Token first, Expression target, Expression index) : Target(first)
{
    public Expression Of => target;
    public Expression Key => index;
    public override string Name => $"{target.Name}[{(index is Literal { Value.Text: { } key } ? $"\"{key}\"" : index.Name)}]";

    public override Value Evaluate(Evaluation evaluation) => Calling.CallIfFunction(this, EvaluateAlias(evaluation), evaluation);

    public override Value EvaluateAlias(Evaluation evaluation)
    {
        var holder = target.Evaluate(evaluation);
        if (holder.IsNull) throw NullFault();
        var key = index.Evaluate(evaluation);
        if (key.IsNull) throw Fault($"Cannot access target `{target.Name}` with a null indexer: {Name}");
        try
        {
            return Get(holder, key, evaluation);
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    private ScriptException NullFault() =>
        new(ScriptStage.Run, [new ScriptError(target.NamedAt, $"Object `{target.Name}` is null. Cannot access indexer: {Name}")]);

    private Value Get(Value holder, Value key, Evaluation evaluation)
    {
        if (holder.Array is { } items && key.IsInt)
        {
            var at = (int)key.Bits;
            return items[at < 0 ? items.Count + at : at];
        }

        if (holder.Object is { } known)
        {
            var wanted = evaluation.TextOf(key);
            evaluation.Budget.Read(wanted.Length);
            return known[wanted];
        }

        if (key.Text is { } name && holder.Text is null) return Members.TryGet(holder, name, evaluation, out var member) ? member : Value.Null;
        var count = Lists.CountOf(holder);
        if (count < 0) throw new ScriptFault($"Expecting a list. Invalid value `{TextForm.Of(holder)}/{Kinds.NameOf(holder)}` for the target `{target.Name}` for the indexer: {Name}");
        var position = Numbers.ToLong(key);
        if (position < 0) position += count;
        return position >= 0 && position < count ? Lists.ItemAt(holder, position) : Value.Null;
    }

    public override void Assign(Evaluation evaluation, Value value)
    {
        var holder = target.Evaluate(evaluation);
        if (holder.IsNull) throw NullFault();
        var key = index.Evaluate(evaluation);
        if (key.IsNull) throw Fault($"Cannot access target `{target.Name}` with a null indexer: {Name}");
        try
        {
            Put(holder, key, value, evaluation);
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    private void Put(Value holder, Value key, Value value, Evaluation evaluation)
    {
        if (holder.Array is { IsReadOnly: false } array && key.IsNumber)
        {
            var at = Numbers.ToInt(key);
            if (at < 0) at += array.Count;
            if (at < 0) throw new ScriptFault($"Index out of range: {Name}");
            evaluation.Budget.Charge(array.GrowthFor(at));
            array.Put(at, value);
            return;
        }

        if (holder.Array is { IsReadOnly: false } with) holder = Value.Of(with.Members ??= new ScriptObject());
        if (holder.Object is { } known && evaluation.TextOf(key) is var name && known.MayWrite(name))
        {
            evaluation.Budget.Charge(64);
            evaluation.Budget.Read(name.Length);
            known.Set(name, value);
            return;
        }

        throw new ScriptFault($"Cannot set a value for the readonly member: {Name}");
    }

    public override IEnumerable<Node> Children => [target, index];
}
