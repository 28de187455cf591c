using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Filters;

/// <summary>The chain that a channel passes to stay a candidate, in this order. The first that removes it is the reason.</summary>
internal static class ChannelFilters
{
    private static readonly Func<ChannelPlan, RouteQuestion, Removal>[] Chain =
    [
        Enabled,
        NotTriedBefore,
        Features,
        NoMaintenance,
        BacklogIsShort,
        ReserveCovers,
        CardIsWelcome,
    ];

    public static Removal WhyNot(ChannelPlan channel, RouteQuestion question)
    {
        foreach (var filter in Chain)
        {
            var removal = filter(channel, question);
            if (removal.Removes)
            {
                return removal;
            }
        }

        return Removal.None;
    }

    private static Removal Enabled(ChannelPlan channel, RouteQuestion question) =>
        channel.Setup.Enabled ? Removal.None : new Removal(RemovalReason.Disabled);

    private static Removal NotTriedBefore(ChannelPlan channel, RouteQuestion question) =>
        question.Tried.Contains(channel.Code) ? new Removal(RemovalReason.TriedBefore) : Removal.None;

    private static Removal Features(ChannelPlan channel, RouteQuestion question) => CommonFilters.Features(channel.Features, question);

    private static Removal NoMaintenance(ChannelPlan channel, RouteQuestion question) => CommonFilters.NoMaintenance(channel.Windows, question);

    /// <summary>Only payouts wait in line; a payer does not (C7).</summary>
    private static Removal BacklogIsShort(ChannelPlan channel, RouteQuestion question) =>
        question.IsPayout && channel.Setup.MaximumBacklog is { } most && question.Conditions.BacklogOf(channel.Code) > most
            ? new Removal(RemovalReason.Backlog)
            : Removal.None;

    private static Removal ReserveCovers(ChannelPlan channel, RouteQuestion question) =>
        question.IsPayout && !question.Conditions.Covers(channel.Code, question.Facts) ? new Removal(RemovalReason.Reserve) : Removal.None;

    private static Removal CardIsWelcome(ChannelPlan channel, RouteQuestion question) =>
        question.Conditions.FailedForCard(question.Facts.Card, channel.Code) ? new Removal(RemovalReason.CardMemory) : Removal.None;
}
