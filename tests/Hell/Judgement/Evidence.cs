namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>
/// What the bank's journal says of a number that would excuse leaving it to a person; null when the bank has done
/// nothing that an engine could not have cleared up by itself.
/// </summary>
internal static class Evidence
{
    public static string? Of(string number, long orderedMinor, SimulatorJournal journal)
    {
        var entries = journal.Of(number).ToList();
        var moved = entries.Count(IsMove);
        if (entries.Exists(entry => entry.Event == JournalEvent.Abnormal))
        {
            return "suspicion: the refund is abnormal";
        }

        if (moved > 1)
        {
            return entries.Exists(entry => entry.Suffered == Misbehaviour.DebitedTwice) ? $"broken idempotency: executed {moved} times" : null;
        }

        if (entries.Find(entry => IsSaid(entry) && entry.AmountMinor is { } told && told != orderedMinor) is { } changed)
        {
            return $"changed amount: {orderedMinor} ordered, {changed.AmountMinor} told";
        }

        if (moved == 1)
        {
            return IsContradicted(entries) ? "contradiction: declined, then executed" : null;
        }

        return entries.FindLast(IsBooked)?.Event switch
        {
            JournalEvent.Declined => null,
            JournalEvent.Accepted => "lasting silence: accepted, and never a result",
            JournalEvent.Lost => "lasting silence: lost on its way to the books",
            _ when entries.Exists(entry => entry.Suffered is Misbehaviour.Maintenance or Misbehaviour.BankDown) =>
                "lasting silence: turned away, and never on the books",
            _ when entries.Exists(entry => entry.Event == JournalEvent.Dropped) => "lasting silence: its call was dropped, and it never came to the books",
            _ => "lasting silence: never heard of",
        };
    }

    /// <summary>The bank said no and moved the money. On the fast clock of a test the deed may be done before the word has left.</summary>
    public static bool IsContradicted(IReadOnlyList<JournalEntry> entries) =>
        entries.Any(IsMove) && entries.Any(entry => IsSaid(entry) && entry.Status == BankStatus.Declined);

    /// <summary>A word of success with the amount that was ordered, which somebody has taken from the bank.</summary>
    public static bool WasTold(IEnumerable<JournalEntry> entries, long orderedMinor) => entries.Any(entry =>
        entry.Event == JournalEvent.CallbackAcknowledged && entry.Status is null && entry.AmountMinor == orderedMinor);

    private static bool IsMove(JournalEntry entry) => entry.Event is JournalEvent.Executed or JournalEvent.Refunded;

    private static bool IsSaid(JournalEntry entry) =>
        entry.Event is JournalEvent.Answered or JournalEvent.CallbackSent or JournalEvent.CallbackAcknowledged;

    private static bool IsBooked(JournalEntry entry) =>
        entry.Event is JournalEvent.Accepted or JournalEvent.Declined or JournalEvent.Lost or JournalEvent.Refused;
}
