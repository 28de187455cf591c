using PaymentEngine.Scripting;

namespace PaymentEngine.Tests.Scripting;

/// <summary>What rules of these tests see of a payment.</summary>
internal sealed record Payment(long Time = 1200, string? TargetInst = "ICBC", string? PartnerId = "1", decimal Amount = 100m, bool IsNight = false)
{
    public IReadOnlyList<string> Tags { get; init; } = ["new", "vip"];

    /// <summary>The example of DOMAIN.md: priority by time of day, bank and merchant.</summary>
    public const string PriorityRule = """
        if ((time >= 2350 || time <= 50) && target_inst == "CMB") || ((time >= 2030 || time <= 300) && target_inst == "PSBC")
          ret 50
        else if partner_id == "200002394692" || partner_id == "200002394691"
          ret 200
        else
          ret 130
        end
        """;

    public static ScriptSchema<Payment> Schema(ScriptType result = ScriptType.Decimal) => new ScriptSchema<Payment> { Result = result }
        .Integer("time", "time of day as HHmm", static (in p) => p.Time)
        .Text("target_inst", "bank or wallet at the far end", static (in p) => p.TargetInst)
        .Text("partner_id", "merchant", static (in p) => p.PartnerId)
        .Decimal("amount", "amount in yuan", static (in p) => p.Amount)
        .Bool("is_night", "between 22:00 and 6:00", static (in p) => p.IsNight)
        .Texts("tags", "labels of the merchant", static (in p) => p.Tags);
}
