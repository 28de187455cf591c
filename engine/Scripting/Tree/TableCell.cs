namespace PaymentEngine.Scripting;

/// <summary>The body of tablerow x in list cols: n … end: a loop that writes the rows of an HTML table.</summary>
internal sealed class TableCell(Token first, Expression? columns, Statement body) : Statement(first)
{
    public override Flow Execute(Evaluation evaluation)
    {
        var loop = evaluation.Loop!;
        try
        {
            var width = columns is null ? 1 : Math.Max(1, Numbers.ToLong(columns.Evaluate(evaluation)));
            var (row, column) = (loop.Index / width, loop.Index % width);
            if (column == 0) evaluation.Output.Write($"<tr class=\"row{row + 1}\">");
            evaluation.Output.Write($"<td class=\"col{column + 1}\">");
            var flow = body.Execute(evaluation);
            evaluation.Output.Write("</td>");
            var isLast = column == width - 1 || loop.Index == loop.Count - 1 || flow is Flow.Break or Flow.Return;
            if (isLast) evaluation.Output.Write("</tr>\n");
            return flow;
        }
        catch (ScriptFault fault)
        {
            throw Fault(fault);
        }
    }

    public override IEnumerable<Node> Children => columns is null ? [body] : [columns, body];
}
