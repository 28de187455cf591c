using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Filters;

/// <summary>The chain that a channel passes to stay a candidate, in this order. The first that removes it is the reason.</summary>
internal static class ChannelFilters
{
    public static bool Remove(ChannelPlan channel, RouteQuestion question, out Removal why) =>
        IsDisabled(channel, out why)
        || HasNoAccount(channel, question, out why)
        || WasTriedBefore(channel, question, out why)
        || CommonFilters.LacksAFeature(channel.Features, question, out why)
        || CommonFilters.IsInMaintenance(channel.Windows, question, out why)
        || HasALongBacklog(channel, question, out why)
        || LacksReserve(channel, question, out why)
        || FailedForTheCard(channel, question, out why);

    private static bool IsDisabled(ChannelPlan channel, out Removal why) =>
        Removal.If(!channel.Setup.Enabled, RemovalReason.Disabled, out why);

    /// <summary>What it would owe us could not be booked.</summary>
    private static bool HasNoAccount(ChannelPlan channel, RouteQuestion question, out Removal why) => Removal.If(
        channel.Accounts is { } accounts && !accounts.Contains(question.Facts.Amount.Currency), RemovalReason.NoAccount, out why);

    private static bool WasTriedBefore(ChannelPlan channel, RouteQuestion question, out Removal why) =>
        Removal.If(question.Tried.Count > 0 && question.Tried.Contains(channel.Code), RemovalReason.TriedBefore, out why);

    /// <summary>Only payouts wait in line; a payer does not (C7).</summary>
    private static bool HasALongBacklog(ChannelPlan channel, RouteQuestion question, out Removal why) => Removal.If(
        question.IsPayout && channel.Setup.MaximumBacklog is { } most && question.Conditions.BacklogOf(channel.Code) > most,
        RemovalReason.Backlog,
        out why);

    private static bool LacksReserve(ChannelPlan channel, RouteQuestion question, out Removal why) =>
        Removal.If(question.IsPayout && !question.Conditions.Covers(channel.Code, question.Facts), RemovalReason.Reserve, out why);

    private static bool FailedForTheCard(ChannelPlan channel, RouteQuestion question, out Removal why) =>
        Removal.If(question.Conditions.FailedForCard(question.Facts.Card, channel.Code), RemovalReason.CardMemory, out why);
}
