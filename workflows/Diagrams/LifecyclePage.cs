using System.Text;

namespace PaymentEngine.Workflows.Diagrams;

/// <summary>
/// The page of one lifecycle in docs/lifecycles: a Mermaid diagram and the events that leave no trace, both read from
/// the machine.
/// </summary>
public sealed record LifecyclePage(string FileName, string Title, string Introduction, Lifecycle Lifecycle)
{
    public static IReadOnlyList<LifecyclePage> All { get; } =
    [
        new("trade.md", "Trade", "What the merchant wants done: one per merchant order number.",
            Lifecycle.Of(new TradeMachine())),
        new("payment.md", "Payment", "One attempt of a payer to pay a trade. It has succeeded when its money is posted.",
            Lifecycle.Of(new PaymentMachine())),
        new("instruction.md", "Payment instruction", "One leg of a payment: one payment method, carried by one channel.",
            Lifecycle.Of(new InstructionMachine())),
        new("institution-order.md", "Institution order", "One order as an institution sees it. Only certainty ends it.",
            Lifecycle.Of(new InstitutionOrderMachine())),
    ];

    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append("# ").Append(Title).Append("\n\n").Append(Introduction);
        page.Append(" Where an event leads to several states, a condition in the machine decides.");
        page.Append(" An arrow back to the same state is an event that is recorded and moves nothing.");
        page.Append(" Generated from the state machine by the unit tests, which rewrite it when UPDATE_LIFECYCLES=1 is set.\n\n");
        page.Append("```mermaid\nstateDiagram-v2\n");
        foreach (var arrow in Arrows())
        {
            page.Append("    ").Append(arrow).Append('\n');
        }

        page.Append("```\n\nThese events are expected and leave no trace. What is in neither place is a bug, and says so.\n\n");
        page.Append("| state | ignored |\n| --- | --- |\n");
        foreach (var state in Lifecycle.States)
        {
            page.Append("| ").Append(state).Append(" | ").Append(string.Join(", ", IgnoredIn(state))).Append(" |\n");
        }

        return page.ToString();
    }

    private IEnumerable<string> Arrows() => Lifecycle.Entries
        .SelectMany(entry => entry.Targets.Select(target => (From: entry.State, To: target, entry.Event)))
        .GroupBy(arrow => (arrow.From, arrow.To), arrow => arrow.Event)
        .Select(arrow => $"{NameOf(arrow.Key.From)} --> {NameOf(arrow.Key.To)}: {string.Join("<br/>", arrow)}");

    private IEnumerable<string> IgnoredIn(string state) => Lifecycle.Entries
        .Where(entry => entry.State == state && entry.Handling == Handling.Ignored)
        .Select(entry => entry.Event);

    private static string NameOf(string state) => state == Order.Initial ? "[*]" : state;
}
