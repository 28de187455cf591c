using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Filters;

/// <summary>The chain that an interface for the operation passes, of a remaining channel. A channel of which no interface is left is out.</summary>
internal static class InterfaceFilters
{
    public static bool Remove(ChannelPlan channel, InterfacePlan known, RouteQuestion question, out Removal why) =>
        IsDisabled(known, out why)
        || DoesNotReachTheInstitution(known, question, out why)
        || CommonFilters.LacksAFeature(known.Features, question, out why)
        || CommonFilters.IsInMaintenance(known.Windows, question, out why)
        || ExceedsASingleLimit(known, question, out why)
        || ExceedsAPeriodLimit(channel, known, question, out why);

    private static bool IsDisabled(InterfacePlan known, out Removal why) =>
        Removal.If(!known.Setup.Enabled, RemovalReason.Disabled, out why);

    private static bool DoesNotReachTheInstitution(InterfacePlan known, RouteQuestion question, out Removal why) =>
        Removal.If(!known.Reaches(question.Facts.TargetInstitution), RemovalReason.Institution, out why);

    private static bool ExceedsASingleLimit(InterfacePlan known, RouteQuestion question, out Removal why)
    {
        var minor = question.Facts.Amount.Minor;
        foreach (var limit in known.Limits)
        {
            if (limit.Concerns(question.Facts) && (minor < limit.SingleMinimum || minor > limit.SingleMaximum))
            {
                why = new Removal(RemovalReason.SingleLimit, (byte)limit.Index);
                return true;
            }
        }

        why = Removal.None;
        return false;
    }

    private static bool ExceedsAPeriodLimit(ChannelPlan channel, InterfacePlan known, RouteQuestion question, out Removal why)
    {
        foreach (var limit in known.Limits)
        {
            if (limit.HasCounter && limit.Concerns(question.Facts) && !question.Conditions.Fits(channel, known, limit, question.Facts))
            {
                why = new Removal(RemovalReason.PeriodLimit, (byte)limit.Index);
                return true;
            }
        }

        why = Removal.None;
        return false;
    }
}
