using PaymentEngine.Core;
using PaymentEngine.Runtime.Callbacks;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>Stored callbacks wait until the test has them handled.</summary>
internal sealed class NoHandOver : ICallbackHandOver
{
    public void Stored(OrderId callback)
    {
        // Nothing carries it: the row is there.
    }
}
