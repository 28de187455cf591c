using System.Globalization;

namespace PaymentEngine.Routing.Explaining;

/// <summary>Says in one sentence why it was this channel, or why none.</summary>
public static class ChoiceWords
{
    public static string Of(Explanation explanation)
    {
        if (explanation.Channel is not { } chosen)
        {
            return explanation.Removals.Count == 0
                ? "No channel carries this kind of payment."
                : "No channel is left; the reasons are listed.";
        }

        var at = explanation.Candidates.Single(candidate => candidate.Channel == chosen);
        var equals = explanation.Candidates.Where(candidate => candidate.Priority == at.Priority).ToList();
        return explanation switch
        {
            { WasProbe: true } => $"{chosen} is ailing (health {at.Health}) and was due to be tried with a real payment.",
            { Candidates.Count: 1 } => $"{chosen} is the only channel that is left.",
            _ when equals.Count == 1 => $"{chosen} has the highest priority, {Number(at.Priority)}{Ailing(explanation, at)}.",
            _ => $"{string.Join(", ", equals.Select(WithWeight))} share the priority {Number(at.Priority)}; it was the turn of {chosen}{Ailing(explanation, at)}.",
        };
    }

    /// <summary>Ones with a higher priority were passed over because of their health.</summary>
    private static string Ailing(Explanation explanation, ExplainedCandidate chosen) =>
        explanation.Candidates.Any(candidate => candidate.Priority > chosen.Priority) ? " among the healthy ones" : "";

    private static string WithWeight(ExplainedCandidate candidate) => candidate.Health == 0
        ? $"{candidate.Channel} (weight {Number(candidate.Weight)})"
        : $"{candidate.Channel} (weight {Number(candidate.Weight)}, health {candidate.Health})";

    private static string Number(decimal score) => score.ToString("0.###", CultureInfo.InvariantCulture);
}
