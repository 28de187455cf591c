using PaymentEngine.Core;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>
/// Carries a stored callback to whoever handles it. It may lose some: the sweep finds in the database what was lost.
/// </summary>
public interface ICallbackHandOver
{
    /// <summary>Returns at once and never throws.</summary>
    void Stored(OrderId callback);
}
