using PaymentEngine.Core;

namespace PaymentEngine.Store.Orders;

/// <summary>How the levels are spelled in the history.</summary>
internal static class LevelNames
{
    public static string StoredName(this OrderLevel level) => level switch
    {
        OrderLevel.Trade => "trade",
        OrderLevel.Payment => "payment",
        OrderLevel.Instruction => "instruction",
        OrderLevel.InstitutionOrder => "institution_order",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "unknown level"),
    };

    public static OrderLevel Parse(string name) => name switch
    {
        "trade" => OrderLevel.Trade,
        "payment" => OrderLevel.Payment,
        "instruction" => OrderLevel.Instruction,
        "institution_order" => OrderLevel.InstitutionOrder,
        _ => throw new FormatException($"'{name}' is not a level"),
    };
}
