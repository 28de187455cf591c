using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Store.Limits;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>How the channels fare, for people: what this node routes by at this moment.</summary>
public sealed class ChannelOverview(
    DirectoryHolder directory, RoutingHolder routing, ChannelHealth health, RouteConditions conditions, LimitStore limits,
    BusinessCalendar calendar, TimeProvider clock)
{
    public IReadOnlyList<ChannelState> List() => [.. directory.Current.Channels.OrderBy(channel => channel.Id).Select(StateOf)];

    /// <summary>What is used of a channel's limits on a day and in its month; null when there is no such channel.</summary>
    /// <param name="subject">As counters name it: <c>merchant:M1001</c>; empty for the channel as a whole.</param>
    /// <param name="day">Null for today.</param>
    public async Task<IReadOnlyList<LimitUse>?> LimitsAsync(string channel, string subject, DateOnly? day, CancellationToken cancellation) =>
        directory.Current.FindChannel(channel) is { } settings
            ? await limits.ListAsync(settings.Id, subject, day ?? calendar.DayOf(clock.GetUtcNow()), cancellation)
            : null;

    private ChannelState StateOf(ChannelSettings channel) => new(
        channel,
        routing.Router.Table.Find(channel.Code) is { Setup.Enabled: true },
        health.Of(channel.Code, institution: null),
        [.. health.InstitutionsOf(channel.Code)],
        conditions.BacklogOf(channel.Code),
        conditions.VolumeOf(channel.Code));
}

/// <param name="IsRouted">The setup in force knows it and has not switched it off.</param>
/// <param name="Institutions">Those with which it does not fare well.</param>
/// <param name="Waiting">Orders that wait for a place on its line, on this node.</param>
/// <param name="Volume">Of the month so far, in major units.</param>
public sealed record ChannelState(
    ChannelSettings Channel, bool IsRouted, int Health, IReadOnlyList<(string Institution, int Health)> Institutions, int Waiting, decimal Volume);
