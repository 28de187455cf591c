using System.Reflection;

namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>
/// What goes into the store and comes out of it are copies, as over a wire: nothing that a process does to its own
/// orders reaches the store but by a commit. Orders hold only values and immutable objects, so a shallow copy is whole.
/// </summary>
internal static class Copies
{
    private static readonly Func<object, object> Shallow =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object, object>>();

    public static T Of<T>(T order)
        where T : Order
    {
        var copy = (T)Shallow(order);
        copy.Change = OrderChange.None;
        return copy;
    }

    public static TradeFamily Of(TradeFamily family)
    {
        var copy = new TradeFamily(Of(family.Trade));
        family.Payments.ForEach(order => copy.Add(Of(order)));
        family.Instructions.ForEach(order => copy.Add(Of(order)));
        family.InstitutionOrders.ForEach(order => copy.Add(Of(order)));
        return copy;
    }
}
