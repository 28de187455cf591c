using System.Collections.Immutable;

namespace PaymentEngine.Core.Orders;

/// <summary>One order as an institution sees it: the number that is sent to the bank.</summary>
public sealed class InstitutionOrder : Order
{
    public override OrderLevel Level => OrderLevel.InstitutionOrder;

    public required OrderId InstructionId { get; init; }

    public required short Part { get; init; }

    public required int ChannelId { get; init; }

    /// <summary>The interface of the channel that was chosen; null for refunds, and for orders from before interfaces were.</summary>
    public string? Interface { get; init; }

    /// <summary>Why this channel was chosen, compact; empty where nothing was chosen.</summary>
    public ReadOnlyMemory<byte> Routing { get; init; }

    /// <summary>The number that is sent to the institution; never used twice.</summary>
    public required string InstitutionNumber { get; init; }

    public required string PayerAccount { get; init; }

    /// <summary>Null for the first order of a payment: why this one was made after another (C14).</summary>
    public Reroute? Reroute { get; init; }

    /// <summary>The stored counters of limits that it took of, known since the commit that made it (C4).</summary>
    public ImmutableArray<long> LimitCounters { get; set; } = [];

    /// <summary>The node that claimed the right to send; zero when nobody has it.</summary>
    public int ClaimedBy { get; set; }

    /// <summary>No call to the institution may start after this moment.</summary>
    public DateTimeOffset? SendBy { get; set; }

    public short Sends { get; set; }

    /// <summary>Rounds of queries that are over; rounds that were slept through are over too.</summary>
    public short Queries { get; set; }

    /// <summary>A send of this number ended without the certainty that nothing left the building.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>The institution said that it moved the money; also when it had said before that it never would.</summary>
    public bool Executed { get; set; }

    /// <summary>The institution's own serial number for this order.</summary>
    public string? InstitutionRef { get; set; }

    /// <summary>The last result code the institution gave.</summary>
    public string? Code { get; set; }
}
