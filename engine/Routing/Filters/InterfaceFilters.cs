using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Filters;

/// <summary>The chain that an interface of a remaining channel passes. A channel of which no interface is left is out.</summary>
internal static class InterfaceFilters
{
    private static readonly Func<ChannelPlan, InterfacePlan, RouteQuestion, Removal>[] Chain =
    [
        DoesTheOperation,
        Enabled,
        ReachesTheInstitution,
        Features,
        NoMaintenance,
        SingleLimits,
        PeriodLimits,
    ];

    public static Removal WhyNot(ChannelPlan channel, InterfacePlan known, RouteQuestion question)
    {
        foreach (var filter in Chain)
        {
            var removal = filter(channel, known, question);
            if (removal.Removes)
            {
                return removal;
            }
        }

        return Removal.None;
    }

    private static Removal DoesTheOperation(ChannelPlan channel, InterfacePlan known, RouteQuestion question) =>
        known.Setup.Operation == question.Facts.Operation ? Removal.None : new Removal(RemovalReason.Operation);

    private static Removal Enabled(ChannelPlan channel, InterfacePlan known, RouteQuestion question) =>
        known.Setup.Enabled ? Removal.None : new Removal(RemovalReason.Disabled);

    private static Removal ReachesTheInstitution(ChannelPlan channel, InterfacePlan known, RouteQuestion question) =>
        known.Reaches(question.Facts.TargetInstitution) ? Removal.None : new Removal(RemovalReason.Institution);

    private static Removal Features(ChannelPlan channel, InterfacePlan known, RouteQuestion question) =>
        CommonFilters.Features(known.Features, question);

    private static Removal NoMaintenance(ChannelPlan channel, InterfacePlan known, RouteQuestion question) =>
        CommonFilters.NoMaintenance(known.Windows, question);

    private static Removal SingleLimits(ChannelPlan channel, InterfacePlan known, RouteQuestion question)
    {
        foreach (var limit in known.Limits)
        {
            var minor = question.Facts.Amount.Minor;
            if (limit.Concerns(question.Facts) && (minor < limit.SingleMinimum || minor > limit.SingleMaximum))
            {
                return new Removal(RemovalReason.SingleLimit, (byte)limit.Index);
            }
        }

        return Removal.None;
    }

    private static Removal PeriodLimits(ChannelPlan channel, InterfacePlan known, RouteQuestion question)
    {
        foreach (var limit in known.Limits)
        {
            if (limit.HasCounter && limit.Concerns(question.Facts) && !question.Conditions.Fits(channel, known, limit, question.Facts))
            {
                return new Removal(RemovalReason.PeriodLimit, (byte)limit.Index);
            }
        }

        return Removal.None;
    }
}
