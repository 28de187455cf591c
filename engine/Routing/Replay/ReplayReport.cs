using PaymentEngine.Core;

namespace PaymentEngine.Routing.Replay;

/// <summary>What a draft would have changed.</summary>
/// <param name="AsInReality">Transactions that the table in force sends where they really went; by turns and health some always differ.</param>
/// <param name="Channels">In the order of the draft; those that only the table in force or the past know follow.</param>
/// <param name="Moves">Those of whom the two tables differ, the most frequent first.</param>
/// <param name="NoLongerRoutable">Those that the table in force routes and the draft does not.</param>
public sealed record ReplayReport(
    int Transactions,
    int AsInReality,
    ReplayTotal InForce,
    ReplayTotal Draft,
    IReadOnlyList<ReplayChannel> Channels,
    IReadOnlyList<ReplayMove> Moves,
    ReplayUnroutable NoLongerRoutable);

/// <param name="ExpectedSuccesses">Of the transactions that are routed.</param>
/// <param name="Unroutable">Transactions for which no channel is left.</param>
public sealed record ReplayTotal(ReplaySum Routed, decimal ExpectedSuccesses, int Unroutable);

/// <param name="Really">What it was sent in the past; fees are those of the table in force.</param>
/// <param name="SuccessRate">Of what it was sent in the past and has ended; null when there is none of that.</param>
public sealed record ReplayChannel(string Code, decimal? SuccessRate, ReplaySum Really, ReplayShare InForce, ReplayShare Draft);

/// <param name="ExpectedSuccesses">By the success rate of the channel; of a channel without any, by that of all.</param>
public sealed record ReplayShare(ReplaySum Sum, decimal ExpectedSuccesses);

/// <param name="From">Null: it had no channel.</param>
/// <param name="To">Null: it would have none.</param>
/// <param name="Examples">Numbers of trades.</param>
public sealed record ReplayMove(string? From, string? To, ReplaySum Sum, IReadOnlyList<string> Examples);

/// <param name="Reasons">Why the draft's channels did not take them, the most frequent first.</param>
public sealed record ReplayUnroutable(ReplaySum Sum, IReadOnlyList<string> Examples, IReadOnlyList<ReplayReason> Reasons);

/// <param name="Channel">Null when no class of the draft is for the transaction.</param>
/// <param name="Interface">Null when the channel as a whole was removed.</param>
public sealed record ReplayReason(string? Channel, string? Interface, string Words, int Count);

/// <param name="Money">For each currency; none when there is nothing.</param>
public sealed record ReplaySum(int Count, IReadOnlyList<ReplayMoney> Money);

/// <param name="Fee">What the channels would charge us.</param>
public sealed record ReplayMoney(Money Amount, Money Fee);
