using System.Net.Mime;
using MassTransit.Middleware;
using MassTransit.Serialization;

namespace PaymentEngine.Workflows.Driver;

/// <summary>The transport side of an event that came from no transport.</summary>
internal sealed class NothingReceived : BasePipeContext, ReceiveContext
{
    public static readonly NothingReceived Instance = new();

    public static readonly Uri Address = new("loopback://lifecycle");

    public TimeSpan ElapsedTime => TimeSpan.Zero;

    public Uri InputAddress => Address;

    public ContentType ContentType => throw NoBus();

    public bool Redelivered => false;

    public Headers TransportHeaders => EmptyHeaders.Instance;

    public Task ReceiveCompleted => Task.CompletedTask;

    public bool IsDelivered => true;

    public bool IsFaulted => false;

    public ISendEndpointProvider SendEndpointProvider => throw NoBus();

    /// <summary>Every context reads it when it is made, so it is empty instead of loud.</summary>
    public IPublishEndpointProvider PublishEndpointProvider => null!;

    public bool PublishFaults => false;

    public MessageBody Body => throw NoBus();

    public static NotSupportedException NoBus() => new("a lifecycle runs without a bus: it emits effects into its unit of work");

    public Task NotifyConsumed<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => throw NoBus();

    public Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => throw NoBus();

    public Task NotifyFaulted(Exception exception) => throw NoBus();

    public void AddReceiveTask(Task task) => throw NoBus();
}
