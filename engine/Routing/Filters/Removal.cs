namespace PaymentEngine.Routing.Filters;

/// <summary>Why a channel or an interface is no candidate. The numbers are stored with orders: they never change their meaning.</summary>
public enum RemovalReason : byte
{
    None = 0,
    Disabled = 1,
    TriedBefore = 2,
    Feature = 3,
    Maintenance = 4,
    Backlog = 5,
    Reserve = 6,
    CardMemory = 7,
    NoInterface = 8,
    Operation = 9,
    Institution = 10,
    SingleLimit = 11,
    PeriodLimit = 12,
    NoWeight = 13,
    NoAccount = 14,
}

/// <param name="Rule">Which of the rules of that kind, by its place.</param>
public readonly record struct Removal(RemovalReason Reason, byte Rule = 0)
{
    public static readonly Removal None;

    internal static bool If(bool holds, RemovalReason reason, out Removal why)
    {
        why = holds ? new Removal(reason) : None;
        return holds;
    }
}
