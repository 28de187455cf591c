namespace PaymentEngine.Core.Orders;

/// <summary>
/// A trade with everything below it. The family is what is loaded, decided on and committed as one: its trade's
/// version guards all four levels.
/// </summary>
public sealed class TradeFamily(TradeOrder trade)
{
    public TradeOrder Trade { get; } = trade;

    public List<PaymentOrder> Payments { get; } = new(1);

    public List<PaymentInstruction> Instructions { get; } = new(1);

    public List<InstitutionOrder> InstitutionOrders { get; } = new(1);

    /// <summary>Refunds keep no trade open: their money belongs to the payer, whatever becomes of the trade.</summary>
    public bool HasPaymentInFlight
    {
        get
        {
            foreach (var payment in Payments)
            {
                if (!payment.IsRefund && payment.State is (PaymentStates.Processing or PaymentStates.AwaitingPosting or Order.Initial))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The order of any level with this id, or null when it is not one of this family.</summary>
    public Order? Find(OrderId id) =>
        id == Trade.Id ? Trade : (Order?)In(Payments, id) ?? (Order?)In(Instructions, id) ?? In(InstitutionOrders, id);

    public PaymentOrder Payment(OrderId id) => Get(Payments, id);

    public PaymentInstruction Instruction(OrderId id) => Get(Instructions, id);

    public InstitutionOrder InstitutionOrder(OrderId id) => Get(InstitutionOrders, id);

    public PaymentOrder PaymentOf(InstitutionOrder order) => Payment(Instruction(order.InstructionId).PaymentId);

    /// <summary>The request (O6) that started the payment to which this order belongs; for the trade its latest payment.</summary>
    public string? RequestSerialOf(OrderId id) => Find(id) switch
    {
        PaymentOrder payment => payment.RequestSerial,
        PaymentInstruction instruction => Payment(instruction.PaymentId).RequestSerial,
        InstitutionOrder order => PaymentOf(order).RequestSerial,
        _ => Payments.Count > 0 ? Payments[^1].RequestSerial : null,
    };

    /// <summary>
    /// What merchants' refunds have taken of the trade's payment, or may still: only a certain failure gives it free, and
    /// only as long as its money has not left us after all. When another refund has been taken meanwhile, more goes back
    /// than was paid: that has happened at the institution, so it is booked; it stands before a person as a
    /// contradiction, and nothing more can be given back.
    /// </summary>
    public IEnumerable<PaymentOrder> RefundsThatCount =>
        Payments.Where(payment => payment.Terms is not null && (payment.State != PaymentStates.Failed || ExecutedOrdersOf(payment).Any()));

    /// <summary>The institution orders of a payment by which money moved.</summary>
    public IEnumerable<InstitutionOrder> ExecutedOrdersOf(PaymentOrder payment) =>
        InstitutionOrders.Where(order => order.Executed && PaymentOf(order).Id == payment.Id);

    /// <summary>Whether the order is this payment or one of its institution orders.</summary>
    public bool IsOf(PaymentOrder payment, OrderId order) =>
        order == payment.Id || (In(InstitutionOrders, order) is { } part && PaymentOf(part).Id == payment.Id);

    /// <summary>The executed order that this one gives back, or null when it is a payment.</summary>
    public InstitutionOrder? OriginalOf(InstitutionOrder order)
    {
        var payment = PaymentOf(order);
        return payment.IsRefund ? InstitutionOrder(payment.RefundOf) : null;
    }

    public void Add(PaymentOrder payment) => Payments.Add(payment);

    public void Add(PaymentInstruction instruction) => Instructions.Add(instruction);

    public void Add(InstitutionOrder order) => InstitutionOrders.Add(order);

    private static T Get<T>(List<T> orders, OrderId id)
        where T : Order =>
        In(orders, id) ?? throw new InvalidOperationException($"{typeof(T).Name} {id} does not belong to this trade");

    private static T? In<T>(List<T> orders, OrderId id)
        where T : Order
    {
        foreach (var order in orders)
        {
            if (order.Id == id)
            {
                return order;
            }
        }

        return null;
    }
}
