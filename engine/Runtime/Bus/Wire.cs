using MassTransit;

namespace PaymentEngine.Runtime.Bus;

/// <summary>How messages look on every transport: bare JSON, no envelope, no headers. The queue says what is in it.</summary>
internal static class Wire
{
    public static void Configure(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType);
        bus.SendTopology.ErrorQueueNameFormatter = new ParkingNames();
    }

    private sealed class ParkingNames : IErrorQueueNameFormatter
    {
        public string FormatErrorQueueName(string queueName) => BusQueues.Parking(queueName);
    }
}
