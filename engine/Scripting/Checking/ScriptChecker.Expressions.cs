namespace PaymentEngine.Scripting;

/// <summary>Expressions: names and types.</summary>
public sealed partial class ScriptChecker
{
    private Inferred Infer(Expression expression)
    {
        switch (expression)
        {
            case Literal literal: return InferLiteral(literal);
            case FractionLiteral fraction:
                if (fraction.Exact is null) Report(fraction.At, "The number is out of the range of decimals");
                return Inferred.Decimal;
            case Interpolation text:
                foreach (var part in text.Children) Infer((Expression)part);
                return Inferred.Text;
            case ArrayLiteral list: return InferList(list);
            case ObjectLiteral made:
                return InferObject(made);
            case Group group: return Infer(group.Inner);
            case Not not:
                Condition(not.Operand);
                return Inferred.Bool;
            case Logical logical:
                Condition(logical.Left);
                Condition(logical.Right);
                return Inferred.Bool;
            case Conditional choice:
                Condition(choice.Condition);
                return Inferred.Join(Infer(choice.Then), Infer(choice.Otherwise));
            case Coalesce coalesce:
                var (left, right) = (Infer(coalesce.Left), Infer(coalesce.Right));
                return left.Type == ScriptType.Null ? right : Inferred.Join(left, right);
            case Signed signed: return InferNumber(signed.Operand, "A sign");
            case Increment step: return InferNumber(step.Operand, "++ and --");
            case Binary binary: return InferBinary(binary);
            case Call call: return InferCall(call);
            case Spread spread:
                Report(spread.At, "`^` can only be used on an argument");
                return Infer(spread.Operand);
            case Alias alias: return InferAlias(alias.Operand);
            case FunctionLiteral function:
                VisitFunctionBody(function);
                return new Inferred(ScriptType.Function, Function: function);
            default: return InferName(expression);
        }
    }

    private Inferred InferLiteral(Literal literal)
    {
        if (literal.Value.Kind is ValueKind.Double or ValueKind.Float) Report(literal.At, "Rules compute with decimals: write the number without `f` or `d`");
        return Inferred.Of(literal.Value);
    }

    private Inferred InferList(ArrayLiteral list)
    {
        Inferred? item = null;
        foreach (var element in list.Items)
        {
            var type = Infer(element);
            item = item is null ? type : Inferred.Join(item, type);
        }

        return new Inferred(ScriptType.List, item);
    }

    private Inferred InferObject(ObjectLiteral made)
    {
        var members = new Dictionary<string, Inferred>(StringComparer.Ordinal);
        foreach (var (name, value) in made.Members) members[name] = Infer(value);
        return new Inferred(ScriptType.Object, Members: _changesObjects ? null : members);
    }

    private Inferred InferNumber(Expression operand, string what)
    {
        var type = Infer(operand);
        if (!type.IsKnown || type.IsNumber) return type;
        Report(operand.At, $"{what} needs a number, but this is {type.Name}");
        return Inferred.Any;
    }

    /// <summary>The value of a name; if it is a function, the result of calling it with nothing.</summary>
    private Inferred InferName(Expression name)
    {
        var type = InferAlias(name);
        if (type.Type != ScriptType.Function) return type;
        if (type.Function is { } function) CheckCount(name, function.Name, function.Signature, function.TakesRest, 0);
        else if (FindBuiltIn(name) is { } builtIn) return CallOf(builtIn, name, 0);
        return ResultOf(type);
    }

    /// <summary>What stands behind a name, without calling it.</summary>
    private Inferred InferAlias(Expression name)
    {
        switch (name)
        {
            case Group group: return InferAlias(group.Inner);
            case Variable or LocalVariable: return InferVariable((Target)name);
            case Member member: return InferMember(member);
            case Indexer indexer: return InferIndexer(indexer);
            case ArgumentsVariable arguments:
                if (_functionDepth == 0) Report(name.At, $"`{name.Name}` has a value in functions only");
                return arguments.Index is null ? new Inferred(ScriptType.List) : Inferred.Any;
            case LoopMember member:
                if (_loopDepth == 0) Report(name.At, $"`{name.Name}` can only be used inside a loop");
                return member.Member is "index" or "rindex" or "length" ? Inferred.Integer : Inferred.Bool;
            case ThisVariable or WrappedBlock:
                Report(name.At, "`this` and `$$` cannot be used in rules: what they make visible cannot be checked");
                return Inferred.Any;
            default: return Infer(name);
        }
    }

    private Inferred InferVariable(Target variable)
    {
        if (_names.Find(variable.Name) is { } known) return known;
        if (variable is Variable && BuiltInFunctions.Root.TryGet(variable.Name, out var builtIn)) return Inferred.Of(builtIn);
        if (_assigned.Contains(variable.Name))
        {
            Report(variable.At, $"`{variable.Name}` has no value here on every way to this line");
        }
        else
        {
            var visible = _names.All.Concat(BuiltInFunctions.Root.Names.ToArray());
            Report(variable.At, $"The variable or function `{variable.Name}` does not exist{Suggestion.For(variable.Name, visible)}");
        }

        return Inferred.Any;
    }

    private Inferred InferMember(Member member)
    {
        if (GroupOf(member) is { } group)
        {
            if (group.TryGet(member.Key, out var found)) return found.Function is null ? Inferred.Of(found) : new Inferred(ScriptType.Function);
            Report(member.KeyAt, $"`{member.Name}` does not exist{Suggestion.For(member.Key, group.Names.ToArray())}");
            return Inferred.Any;
        }

        var holder = Infer(member.Of);
        if (holder.Members is { } members && member.Key != "empty?") return InferMemberOf(members, member);
        IReadOnlyList<string>? known = holder.Type switch
        {
            ScriptType.Text or ScriptType.List => ["size", "empty?"],
            ScriptType.Date => Members.OfDate,
            ScriptType.TimeSpan => Members.OfTimeSpan,
            ScriptType.Integer or ScriptType.Decimal or ScriptType.Bool or ScriptType.Null => [],
            _ => null,
        };
        if (known is null) return Inferred.Any;
        if (!known.Contains(member.Key)) Report(member.KeyAt, $"There is no member `{member.Key}` of {holder.Name}{Suggestion.For(member.Key, known)}");
        if (member.Key == "empty?") return Inferred.Bool;
        return member.Key.StartsWith("total_", StringComparison.Ordinal) ? Inferred.Decimal : member.Key is "date" or "time_of_day" ? Inferred.Any : Inferred.Integer;
    }

    private Inferred InferMemberOf(IReadOnlyDictionary<string, Inferred> members, Member member)
    {
        if (members.TryGetValue(member.Key, out var found)) return found;
        if (!member.IsOptional) Report(member.KeyAt, $"The object has no member `{member.Key}`{Suggestion.For(member.Key, members.Keys)}");
        return Inferred.Any;
    }

    private Inferred InferIndexer(Indexer indexer)
    {
        var (holder, key) = (Infer(indexer.Of), Infer(indexer.Key));
        if (holder.IsKnown && holder.Type is not (ScriptType.List or ScriptType.Text or ScriptType.Object))
        {
            Report(indexer.Of.At, $"Only lists, texts and objects have items, but this is {holder.Name}");
        }

        if (holder.Type is ScriptType.List or ScriptType.Text && key.IsKnown && key.Type != ScriptType.Integer)
        {
            Report(indexer.Key.At, $"An index is an integer, but this is {key.Name}");
        }

        return holder.Type == ScriptType.Text ? Inferred.Text : holder.Item;
    }

    /// <summary>The built-ins that a path such as math.round goes into.</summary>
    private ScriptObject? GroupOf(Member member) =>
        member.Of is Variable root && _names.Find(root.Name) is null && BuiltInFunctions.Root.TryGet(root.Name, out var group) ? group.Object : null;

    private BuiltIn? FindBuiltIn(Expression name) => name switch
    {
        Group group => FindBuiltIn(group.Inner),
        Member member when GroupOf(member) is { } known => known[member.Key].Function as BuiltIn,
        Variable variable when _names.Find(variable.Name) is null => BuiltInFunctions.Root[variable.Name].Function as BuiltIn,
        _ => null,
    };
}
