namespace PaymentEngine.Runtime.Bus;

/// <summary>
/// Wakes whoever has to do something about a row that was just committed, in this process or in another. Never waits
/// and never throws: what cannot be carried is dropped, counted, and found by the owner's sweep. Ids that wait for the
/// same queue travel together.
/// </summary>
public interface IEngineBus
{
    void CallbackArrived(long callback);

    /// <param name="lane">Below <see cref="BusQueues.Lanes"/>; one merchant keeps to one lane.</param>
    void NotificationWaiting(int lane, long notification);

    void OrderWaiting(string application, long trade, long order);
}
