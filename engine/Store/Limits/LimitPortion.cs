namespace PaymentEngine.Store.Limits;

/// <summary>A row of a counter, locked: what was taken here, and up to where it may be without a look at the others.</summary>
internal sealed class LimitPortion
{
    public required short Number { get; init; }

    public required long AmountUsed { get; set; }

    public required long CountUsed { get; set; }

    /// <summary>Null: there is no limit to it.</summary>
    public required long? AmountShare { get; set; }

    public required long? CountShare { get; set; }

    public bool HasRoomFor(long amount) => !(amount > AmountShare - AmountUsed) && !(CountUsed >= CountShare);
}
