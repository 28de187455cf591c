namespace PaymentEngine.Core;

/// <summary>The four levels of orders, each one-to-many to the next (O1).</summary>
public enum OrderLevel
{
    Trade,
    Payment,
    Instruction,
    InstitutionOrder,
}
