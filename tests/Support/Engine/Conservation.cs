using PaymentEngine.Channels.Simulator;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// Money judged from outside: the institution's own journal against our books. What moved there is booked here, or is
/// still open here; what is booked here moved there; nothing moved twice.
/// </summary>
internal static class Conservation
{
    private const string Orders =
        """
        select o.number, o.channel_id, o.amount_minor, t.currency, o.state, p.state,
               exists (select from posting x where x.order_id in (p.id, o.id) and x.kind !~ '(Taken|Returned)$'), p.kind = 'refund',
               exists (select from posting x where x.order_id = o.id or x.order_id = p.id and x.kind = 'RefundAfterAll')
        from institution_order o
        join trade_order t on t.id = o.trade_id
        join payment_instruction i on i.trade_id = o.trade_id and i.id = o.instruction_id
        join payment_order p on p.trade_id = i.trade_id and p.id = i.payment_id
        """;

    /// <summary>A receivable is negative: it is what the channel owes us.</summary>
    private const string Receivables =
        "select owner_id, currency, -sum(balance)::bigint from account where kind = 'ChannelReceivable' group by owner_id, currency";

    public static async Task DemandAsync(TestDatabase database, SimulatorJournal journal)
    {
        var ours = (await database.ReadAsync(Orders, row => new BookedOrder(
            row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8))))
            .ToDictionary(order => order.Number);
        var theirs = journal.Entries.Where(entry => entry.Event is JournalEvent.Executed or JournalEvent.Refunded).ToList();

        var wrong = journal.ExecutedAgain.Select(number => $"{number} was executed more than once").ToList();
        wrong.AddRange(theirs.Select(entry => WrongOf(entry, ours.GetValueOrDefault(entry.Number))).OfType<string>());
        wrong.AddRange(ours.Values
            .Where(order => order.State == "Succeeded" && theirs.Count(entry => entry.Number == order.Number) != 1)
            .Select(order => $"{order.Number} succeeded and was executed {theirs.Count(entry => entry.Number == order.Number)} times"));

        var posted = theirs.Where(entry => ours.TryGetValue(entry.Number, out var order) && order.IsPosted)
            .GroupBy(
                entry => (entry.Channel, Currency: entry.Currency!),
                entry => ours[entry.Number].IsRefund ? -entry.AmountMinor!.Value : entry.AmountMinor!.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        foreach (var (channel, currency, owed) in await database.ReadAsync(Receivables, row => (row.GetInt32(0), row.GetString(1), row.GetInt64(2))))
        {
            var executed = posted.GetValueOrDefault((channel, currency));
            if (owed != executed)
            {
                wrong.Add($"channel {channel} executed {executed} {currency} of what is posted, and our books say that it owes {owed}");
            }
        }

        Assert.True(wrong.Count == 0, "money is not conserved: " + string.Join("; ", wrong));
    }

    private static string? WrongOf(JournalEntry executed, BookedOrder? order) => order switch
    {
        null => $"{executed.Number} was executed and is not in our books",
        _ when (order.Channel, order.AmountMinor, order.Currency) != (executed.Channel, executed.AmountMinor, executed.Currency) =>
            $"{executed.Number} was executed as {executed.AmountMinor} {executed.Currency} on {executed.Channel}, ordered was {order}",
        { State: "Failed", IsOnTop: false } => $"{executed.Number} was executed, and our books say that it failed",
        { State: "Succeeded", IsPosted: false, PaymentState: not "AwaitingPosting" } => $"{executed.Number} succeeded, is not posted and waits for nothing",
        _ => null,
    };

    private sealed record BookedOrder(
        string Number, int Channel, long AmountMinor, string Currency, string State, string PaymentState, bool IsPosted, bool IsRefund, bool IsOnTop);
}
