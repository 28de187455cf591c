using PaymentEngine.Routing.Choice;

namespace PaymentEngine.Routing.Filters;

/// <summary>What channels and interfaces have alike.</summary>
internal static class CommonFilters
{
    public static Removal Features(FeatureRule[] features, RouteQuestion question)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (!features[i].Holds(question.Facts))
            {
                return new Removal(RemovalReason.Feature, (byte)i);
            }
        }

        return Removal.None;
    }

    public static Removal NoMaintenance(WindowRule[] windows, RouteQuestion question)
    {
        for (var i = 0; i < windows.Length; i++)
        {
            if (windows[i].Concerns(question.Facts) && windows[i].EndIfOpen(question.Now) is not null)
            {
                return new Removal(RemovalReason.Maintenance, (byte)i);
            }
        }

        return Removal.None;
    }
}
