using System.Text;
using PaymentEngine.Tests.Hell.Judgement;

namespace PaymentEngine.Tests.Hell;

/// <summary>What a run has to show.</summary>
internal sealed record HellReport(
    HellOptions Options, TimeSpan Took, EngineBooks Books, SimulatorJournal Journal, int Notifications, Verdict Verdict)
{
    /// <summary>Of each rule that was broken so many are named.</summary>
    private const int Named = 20;

    public bool IsGreen => Verdict.Wrong.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Options.Orders:N0} orders, seed {Options.Seed}, {Took.TotalSeconds:F0} s");
        text.AppendLine($"bank:   {Journal.Count(JournalEvent.Received):N0} orders received, {Journal.Count(JournalEvent.Executed):N0} executed, "
            + $"{Journal.Count(JournalEvent.Refunded):N0} refunded, {Journal.Count(JournalEvent.Queried):N0} questions, "
            + $"{Journal.Count(JournalEvent.CallbackSent):N0} callbacks, {Journal.Count(JournalEvent.Dropped):N0} calls dropped, "
            + $"{Journal.Count(JournalEvent.KeyRotated):N0} key rotated");
        text.AppendLine($"did:    {Counts(Journal.Entries.Where(entry => entry.Suffered is not null).Select(entry => $"{entry.Suffered}"))}");
        text.AppendLine($"trades: {Counts(Books.AllTrades.Select(trade => trade.State))}");
        text.AppendLine($"orders: {Counts(Books.AllOrders.Select(order => (order.IsRefund ? "Refund" : "") + order.State))}");
        text.AppendLine($"told:   {Notifications:N0} notifications received");
        text.AppendLine($"{Verdict.Left.Count:N0} orders are left for a person:");
        foreach (var reason in Verdict.Left.GroupBy(left => left.InJournal.Split(':')[0]).OrderByDescending(group => group.Count()))
        {
            text.AppendLine($"{reason.Count(),6:N0}  {reason.Key}");
        }

        foreach (var left in Verdict.Left.OrderBy(left => left.InJournal, StringComparer.Ordinal))
        {
            text.AppendLine($"  {left.OrderNo,-8} {left.Number}  bank: {left.InJournal}  |  engine: {left.AtEngine}");
        }

        foreach (var rule in Verdict.Wrong.GroupBy(wrong => wrong.Rule))
        {
            text.AppendLine($"VIOLATED {rule.Count():N0} times, {rule.Key}");
            foreach (var wrong in rule.Take(Named))
            {
                text.AppendLine("  " + wrong.Detail);
            }
        }

        text.Append(IsGreen
            ? $"hell: {Options.Orders:N0} orders, none lost, none doubled, none wrongly failed; {Verdict.Left.Count:N0} left for a person"
            : $"hell: {Verdict.Wrong.Count:N0} violations; again with: ./test hell --orders {Options.Orders} --seed {Options.Seed} --speed {Options.Speed}");
        return text.ToString();
    }

    private static string Counts(IEnumerable<string> names) => string.Join(
        ", ", names.CountBy(name => name).OrderByDescending(count => count.Value).Select(count => $"{count.Value:N0} {count.Key}"));
}
