using System.Diagnostics.CodeAnalysis;
using MassTransit.Context;
using MassTransit.Serialization;

namespace PaymentEngine.Workflows.Driver;

/// <summary>
/// What MassTransit's state machine needs to know while it handles one event. There is no bus behind it: nothing was
/// received, nothing can be sent, and only <see cref="Saga"/>, <see cref="Message"/> and the proxies have content.
/// </summary>
internal sealed class EventContext<TSaga, TMessage>(StateMachine<TSaga> machine, Event<TMessage> @event, TSaga saga, TMessage message)
    : BaseConsumeContext(NothingReceived.Instance, serializerContext: null!), BehaviorContext<TSaga, TMessage>
    where TSaga : class, SagaStateMachineInstance
    where TMessage : class
{
    public StateMachine<TSaga> StateMachine => machine;

    public TSaga Saga => saga;

    public TSaga Instance => saga;

    public TMessage Message => message;

    public TMessage Data => message;

    Event<TMessage> BehaviorContext<TSaga, TMessage>.Event => @event;

    Event BehaviorContext<TSaga>.Event => @event;

    public bool IsCompleted => false;

    public override Guid? MessageId => null;

    public override Guid? RequestId => null;

    public override Guid? CorrelationId => null;

    public override Guid? ConversationId => null;

    public override Guid? InitiatorId => null;

    public override DateTime? ExpirationTime => null;

    public override DateTime? SentTime => null;

    public override Uri SourceAddress => NothingReceived.Address;

    public override Uri DestinationAddress => NothingReceived.Address;

    public override Uri ResponseAddress => NothingReceived.Address;

    public override Uri FaultAddress => NothingReceived.Address;

    public override Headers Headers => EmptyHeaders.Instance;

    public override HostInfo Host => throw NothingReceived.NoBus();

    public override IEnumerable<string> SupportedMessageTypes => [];

    public override Task ConsumeCompleted => Task.CompletedTask;

    /// <summary>A transition tells the states it leaves and enters through these.</summary>
    public BehaviorContext<TSaga> CreateProxy(Event @event) =>
        new MassTransitStateMachine<TSaga>.BehaviorContextProxy(machine, this, @event);

    public BehaviorContext<TSaga, T> CreateProxy<T>(Event<T> @event, T data)
        where T : class =>
        new EventContext<TSaga, T>(machine, @event, saga, data);

    public Task Raise(Event @event) => machine.RaiseEvent(CreateProxy(@event));

    public Task Raise<T>(Event<T> @event, T data)
        where T : class =>
        machine.RaiseEvent(CreateProxy(@event, data));

    /// <summary>Orders are kept when they are finished.</summary>
    public Task SetCompleted() => throw NothingReceived.NoBus();

    Task<SendTuple<T>> BehaviorContext<TSaga>.Init<T>(object values) => throw NothingReceived.NoBus();

    Task<SendTuple<T>> BehaviorContext<TSaga, TMessage>.Init<T>(object values) => throw NothingReceived.NoBus();

    public Task NotifyConsumed(TimeSpan duration, string consumerType) => throw NothingReceived.NoBus();

    public Task NotifyFaulted(TimeSpan duration, string consumerType, Exception exception) => throw NothingReceived.NoBus();

    public override void AddConsumeTask(Task task) => throw NothingReceived.NoBus();

    public override bool HasMessageType(Type messageType) => messageType == typeof(TMessage);

    public override bool TryGetMessage<T>([NotNullWhen(true)] out ConsumeContext<T>? consumeContext)
        where T : class
    {
        consumeContext = this as ConsumeContext<T>;
        return consumeContext is not null;
    }

    public override bool HasPayloadType(Type payloadType) => payloadType.IsInstanceOfType(this);

    public override bool TryGetPayload<T>([NotNullWhen(true)] out T? payload)
        where T : class
    {
        payload = this as T;
        return payload is not null;
    }

    public override T GetOrAddPayload<T>(PayloadFactory<T> payloadFactory) => throw NothingReceived.NoBus();

    public override T AddOrUpdatePayload<T>(PayloadFactory<T> addFactory, UpdatePayloadFactory<T> updateFactory) =>
        throw NothingReceived.NoBus();
}
