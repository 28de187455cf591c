namespace PaymentEngine.Workflows.Driver;

/// <summary>A message that brings its order into being; its target is the new order's id.</summary>
public interface ICreates<out TOrder>
    where TOrder : Order
{
    /// <summary>Makes the order in its initial state and puts it into the family.</summary>
    TOrder Create(UnitOfWork unit);
}
