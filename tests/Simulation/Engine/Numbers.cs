namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>Identities that count up, over all nodes.</summary>
internal sealed class Numbers : IOrderNumbers
{
    private long _last;

    public OrderId NextId(DateOnly day) => OrderId.Create(day, ++_last);

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    public string NextInstitutionNumber(ChannelSettings channel, DateTimeOffset now) =>
        channel.Numbers.Format(DayOf(now), ++_last);
}
