namespace PaymentEngine.Scripting;

/// <summary>A condition that was judged, with the values that it was judged by; or the value that a line returned.</summary>
public sealed record TraceStep(Position At, string Text, string Outcome, IReadOnlyList<TraceOperand> Operands);

public sealed record TraceOperand(string Text, string Value);

/// <summary>What one evaluation decided, in order. Given to an evaluation that somebody will want to understand.</summary>
public sealed class ScriptTrace
{
    private const int MaxSteps = 1_000;
    private const int MaxText = 200;
    private readonly List<TraceStep> _steps = [];

    public IReadOnlyList<TraceStep> Steps => _steps;

    /// <summary>Where the script returned; null when it ran to its end.</summary>
    public Position? ReturnedAt { get; private set; }

    internal string Source { get; set; } = "";

    internal void Condition(Expression condition, bool isTrue, Evaluation evaluation)
    {
        if (_steps.Count < MaxSteps) _steps.Add(new TraceStep(condition.At, TextOf(condition), isTrue ? "true" : "false", OperandsOf(condition, evaluation)));
    }

    internal void Branch(Expression subject, Expression matched, Value value)
    {
        if (_steps.Count == MaxSteps) return;
        _steps.Add(new TraceStep(matched.At, $"when {TextOf(matched)}", "true", [new TraceOperand(TextOf(subject), Short(TextForm.Of(value)))]));
    }

    internal void Return(Return at, Evaluation evaluation)
    {
        ReturnedAt = at.At;
        if (_steps.Count < MaxSteps) _steps.Add(new TraceStep(at.At, TextOf(at), Short(TextForm.Of(evaluation.Returned)), OperandsOf(at, evaluation)));
    }

    private List<TraceOperand> OperandsOf(Node node, Evaluation evaluation)
    {
        var operands = new List<TraceOperand>();
        Collect(node, evaluation, operands);
        return operands;
    }

    /// <summary>Reads the names once more. Names have no effects; calls may have, so they are left alone.</summary>
    private void Collect(Node node, Evaluation evaluation, List<TraceOperand> operands)
    {
        if (node is Call call)
        {
            foreach (var argument in call.Arguments) Collect(argument, evaluation, operands);
            return;
        }

        if (node is Target or ArgumentsVariable or LoopMember)
        {
            var text = TextOf(node);
            if (operands.Any(known => known.Text == text) || !TryRead((Expression)node, evaluation, out var value)) return;
            operands.Add(new TraceOperand(text, Short(TextForm.Of(value))));
            return;
        }

        foreach (var child in node.Children) Collect(child, evaluation, operands);
    }

    /// <summary>A name that && left unread may be one that cannot be read.</summary>
    private static bool TryRead(Expression name, Evaluation evaluation, out Value value)
    {
        try
        {
            value = name.EvaluateAlias(evaluation);
            return value.Function is null;
        }
        catch (ScriptException)
        {
            value = default;
            return false;
        }
    }

    private string TextOf(Node node) => Short(node.End > node.Start && node.End <= Source.Length ? Source[node.Start..node.End].TrimEnd() : "");

    private static string Short(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
