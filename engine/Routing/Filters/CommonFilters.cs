using PaymentEngine.Routing.Choice;

namespace PaymentEngine.Routing.Filters;

/// <summary>What channels and interfaces have alike.</summary>
internal static class CommonFilters
{
    public static bool LacksAFeature(FeatureRule[] features, RouteQuestion question, out Removal why)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (!features[i].Holds(question.Facts))
            {
                why = new Removal(RemovalReason.Feature, (byte)i);
                return true;
            }
        }

        why = Removal.None;
        return false;
    }

    public static bool IsInMaintenance(WindowRule[] windows, RouteQuestion question, out Removal why)
    {
        for (var i = 0; i < windows.Length; i++)
        {
            if (windows[i].Concerns(question.Facts) && windows[i].EndIfOpen(question.Now) is not null)
            {
                why = new Removal(RemovalReason.Maintenance, (byte)i);
                return true;
            }
        }

        why = Removal.None;
        return false;
    }
}
