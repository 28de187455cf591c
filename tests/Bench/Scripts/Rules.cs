using PaymentEngine.Bench.Routing;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Scoring;

namespace PaymentEngine.Bench.Scripts;

/// <summary>The two scripts that are measured, and the first of them as somebody would write it in C#.</summary>
internal static class Rules
{
    public const string Priority = LargeSetup.Priority;

    /// <summary>Thirty lines with arrays, loops and functions.</summary>
    public const string Medium = """
        # Penalties by bank, by hour and by amount, and a bonus for a few merchants.
        func penalty(bank, hour)
          if bank == "CMB" && hour >= 23
            ret 30
          end
          ret bank == "PSBC" ? 20 : 0
        end

        func capped(value, most)
          if value > most
            ret most
          end
          ret value
        end

        banks = ["CMB", "PSBC", "ICBC"]
        steps = [100, 1000, 10000]
        score = 130
        hour = time // 100
        for bank in banks
          if bank == target_inst
            score -= penalty(bank, hour)
            break
          end
        end
        for step in steps
          if amount < step
            break
          end
          score -= 5
        end
        ret capped(score, 200)
        """;

    public static readonly Func<RouteFacts, decimal> ByHand = static facts =>
    {
        var time = facts.Time;
        return ((time >= 2350 || time <= 50) && facts.TargetInstitution == "CMB") || ((time >= 2030 || time <= 300) && facts.TargetInstitution == "PSBC") ? 50
            : facts.Merchant is "200002394692" or "200002394691" ? 200
            : 130;
    };

    public static ScoreModel[] Models() => [.. LargeSetup.Facts().Select(facts => new ScoreModel(facts, "channel-001", Cost: 0.5m, Health: 0))];
}
