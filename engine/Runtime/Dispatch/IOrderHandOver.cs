using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>
/// Tells a channel application of an order that waits for it. It may lose some: the order's dispatch timer stands in
/// the application's lane.
/// </summary>
public interface IOrderHandOver
{
    /// <summary>Returns at once and never throws.</summary>
    void Waits(InstitutionOrder order, string application);
}
