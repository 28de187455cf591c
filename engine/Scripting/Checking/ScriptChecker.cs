namespace PaymentEngine.Scripting;

/// <summary>
/// Judges a rule before it may go live: on every branch, whether its variables, members, functions, arguments and types
/// exist and agree, and where it falls into a trap of the language. All findings come at once. Here: statements.
/// </summary>
public sealed partial class ScriptChecker
{
    private readonly ScriptSchema _schema;
    private readonly List<ScriptError> _found = [];
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly Dictionary<FunctionLiteral, Inferred> _results = [];
    private Names _names = new();
    private Inferred? _returned;
    private bool _changesObjects;
    private int _muted;
    private int _functionDepth;
    private int _loopDepth;

    private ScriptChecker(ScriptSchema schema) => _schema = schema;

    public static IReadOnlyList<ScriptError> Check(string text, ScriptSchema schema, ScriptLimits? limits = null) =>
        Script.TryParse(text, ScriptMode.Script, limits, out var script, out var errors) ? Check(script, schema) : errors;

    public static IReadOnlyList<ScriptError> Check(Script script, ScriptSchema schema)
    {
        var checker = new ScriptChecker(schema);
        foreach (var input in schema.Inputs) checker._names.Set(input.Name, new Inferred(input.Type, new Inferred(input.ItemType)));
        checker.Collect(script.Page);
        var ends = checker.Visit(script.Page);
        if (!ends && schema.Result != ScriptType.Any)
        {
            checker.Report(EndOf(script.Text), "Not every branch returns a value: the script may come to its end without `ret`");
        }

        return [.. checker._found.Distinct().OrderBy(finding => finding.At.Line).ThenBy(finding => finding.At.Column)];
    }

    private static Position EndOf(string text)
    {
        var line = text.Count(c => c == '\n') + 1;
        return new Position(line, text.Length - text.LastIndexOf('\n'));
    }

    private void Report(Position at, string message) => Add(new ScriptError(at, message));
    private void Warn(Position at, string message) => Add(new ScriptError(at, message, Severity.Warning));

    private void Add(ScriptError finding)
    {
        if (_muted == 0) _found.Add(finding);
    }

    /// <summary>Functions may use whatever the script assigns anywhere: they run later.</summary>
    private void Collect(Node node)
    {
        switch (node)
        {
            case Assignment { Target: Variable variable }: _assigned.Add(variable.Name); break;
            case FunctionStatement { Target: Variable name }: _assigned.Add(name.Name); break;
            case Capture { Target: Variable captured }: _assigned.Add(captured.Name); break;
            case Assignment { Target: Member or Indexer } or Increment { Operand: Member or Indexer }: _changesObjects = true; break;
        }

        foreach (var child in node.Children) Collect(child);
    }

    /// <summary>True when no way through the statement comes out at its end.</summary>
    private bool Visit(Statement statement)
    {
        switch (statement)
        {
            case Block block: return VisitBlock(block);
            case If branch: return VisitIf(branch);
            case Case choice: return VisitCase(choice);
            case For loop: return VisitFor(loop);
            case While loop: return VisitWhile(loop);
            case Return returned: return VisitReturn(returned);
            case Jump jump:
                if (_loopDepth == 0) Report(jump.At, "This can only be used inside a loop");
                return true;
            case Assignment assignment: VisitAssignment(assignment); return false;
            case FunctionStatement function: VisitFunction(function); return false;
            case ExpressionStatement alone: VisitAlone(alone); return false;
            case Capture capture:
                var ends = Visit(capture.Body);
                Assign(capture.Target, Inferred.Text);
                return ends;
            case TableCell:
                Report(statement.At, "`tablerow` cannot be used in rules: they write nothing");
                return false;
            default:
                Report(statement.At, "`with`, `import`, `wrap` and `readonly` cannot be used in rules: what they make visible cannot be checked");
                return false;
        }
    }

    private bool VisitBlock(Block block)
    {
        var (ends, isWarned) = (false, false);
        foreach (var statement in block.Statements)
        {
            if (ends && !isWarned)
            {
                Warn(statement.At, "This line is never reached");
                isWarned = true;
            }

            ends |= Visit(statement);
        }

        return ends;
    }

    private bool VisitIf(If branch)
    {
        Condition(branch.Condition);
        return VisitBranches(branch.Then, branch.Otherwise);
    }

    private bool VisitBranches(Statement then, Statement? otherwise)
    {
        var before = _names;
        _names = before.Copy();
        var thenEnds = Visit(then);
        var afterThen = _names;
        _names = before.Copy();
        var otherwiseEnds = otherwise is not null && Visit(otherwise);
        var afterOtherwise = _names;
        _names = before;
        if (thenEnds) _names = afterOtherwise;
        else if (otherwiseEnds) _names = afterThen;
        else _names.BecomeMeetOf(afterThen, afterOtherwise);
        return thenEnds && otherwiseEnds;
    }

    private bool VisitCase(Case choice)
    {
        var subject = Infer(choice.Subject);
        var before = _names;
        Names? met = null;
        var allEnd = true;
        foreach (var branch in choice.Branches)
        {
            foreach (var value in branch.Values) CompareTypes(value.At, Operator.Equal, subject, Infer(value));
            VisitWay(branch.Body);
        }

        VisitWay(choice.Otherwise);
        _names = met ?? before;
        return allEnd;

        void VisitWay(Statement? body)
        {
            _names = before.Copy();
            if (body is not null && Visit(body)) return;
            allEnd = false;
            if (met is null) met = _names;
            else met.BecomeMeetOf(met, _names);
        }
    }

    private bool VisitReturn(Return returned)
    {
        var type = returned.Value is null ? Inferred.Null : Infer(returned.Value);
        if (_functionDepth > 0) _returned = _returned is null ? type : Inferred.Join(_returned, type);
        if (_functionDepth > 0 || _schema.Result == ScriptType.Any || Returns(type)) return true;
        Report((returned.Value ?? (Node)returned).At, $"The script must return {new Inferred(_schema.Result).Name}, but this is {type.Name}");
        return true;
    }

    private bool Returns(Inferred type) =>
        type.Type == ScriptType.Any || type.Type == _schema.Result || (_schema.Result == ScriptType.Decimal && type.IsNumber);

    private void VisitAssignment(Assignment assignment)
    {
        var type = Infer(assignment.Compound ?? assignment.Value);
        Assign(assignment.Target, type);
    }

    private void Assign(Target target, Inferred type)
    {
        if (target is Variable or LocalVariable)
        {
            if (_schema.Find(target.Name) is not null) Report(target.At, $"`{target.Name}` is given by the host and cannot be changed");
            else if (BuiltInFunctions.Root.Contains(target.Name)) Report(target.At, $"`{target.Name}` is a name of the language and cannot be changed");
            else _names.Set(target.Name, type);
            return;
        }

        foreach (var child in target.Children.OfType<Expression>()) Infer(child);
    }

    private void VisitAlone(ExpressionStatement statement)
    {
        if (statement.Expression is Call { Callee: Variable { Name: "elseif" or "elsif" or "elif" } word })
        {
            Report(word.At, $"`{word.Name}` is no statement of the language: write `else if`");
            return;
        }

        Infer(statement.Expression);
        if (statement.Expression is not (Call or Increment)) Warn(statement.At, "This value is not used: `ret` is missing");
    }
}
