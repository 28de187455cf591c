namespace PaymentEngine.Runtime.Bus;

/// <summary>
/// Whoever is woken by messages of one kind; a process that registers one takes its share of them. The message is
/// acknowledged when the task has completed. When it throws, it is called again at once a few times, then the message
/// is parked: the sweep of the owner repairs. It must bear ids that were handled already.
/// </summary>
public interface IHandle<in TMessage>
{
    Task HandleAsync(TMessage message, CancellationToken cancellation);
}
