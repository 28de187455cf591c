namespace PaymentEngine.Routing.Choice;

internal delegate bool CandidateTest(in Candidate candidate);

internal delegate decimal CandidateWeight(in Candidate candidate);

/// <summary>Picks the candidates of the highest priority and lets their weights share out the turns.</summary>
internal static class Ballot
{
    public static decimal? BestPriority(ReadOnlySpan<Candidate> candidates, CandidateTest counts)
    {
        decimal? best = null;
        foreach (ref readonly var candidate in candidates)
        {
            if (counts(candidate) && (best is null || candidate.Priority > best))
            {
                best = candidate.Priority;
            }
        }

        return best;
    }

    /// <summary>False when nobody of that priority has any weight.</summary>
    public static bool TryTake(Turns turns, ReadOnlySpan<Candidate> candidates, decimal priority, CandidateWeight weightOf, out Turn turn)
    {
        Span<int> equals = stackalloc int[candidates.Length];
        Span<decimal> weights = stackalloc decimal[candidates.Length];
        var count = 0;
        foreach (ref readonly var candidate in candidates)
        {
            var weight = weightOf(candidate);
            if (candidate.Priority == priority && weight > 0)
            {
                equals[count] = candidate.Channel.Index;
                weights[count++] = weight;
            }
        }

        turn = count > 0 ? turns.Take(equals[..count], weights[..count]) : default;
        return count > 0;
    }
}
