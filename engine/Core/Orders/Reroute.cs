namespace PaymentEngine.Core.Orders;

/// <summary>What can make it certain that an order moves no money, so that another one may be made for the same leg (C14).</summary>
public enum EvidenceKind
{
    /// <summary>Nothing of it ever left the building.</summary>
    NotSent,

    /// <summary>The institution said for certain that it did not and will not execute it.</summary>
    CertainFailure,

    /// <summary>The institution closed it: nobody can pay it any more.</summary>
    ClosedAtInstitution,
}

/// <param name="InWords">For people: which order, which channel, what was said.</param>
public sealed record Evidence(EvidenceKind Kind, string InWords);

/// <summary>Why an institution order was made after another one for the same money, kept with it for good.</summary>
/// <param name="Of">The order that had failed for certain.</param>
/// <param name="DecidedBy">The version of the script, or the two persons.</param>
public sealed record Reroute(OrderId Of, Evidence Evidence, string DecidedBy);

/// <summary>The stored and published spelling of evidence.</summary>
public static class EvidenceNames
{
    public static string Code(this EvidenceKind kind) => kind switch
    {
        EvidenceKind.NotSent => "not_sent",
        EvidenceKind.CertainFailure => "certain_failure",
        EvidenceKind.ClosedAtInstitution => "closed_at_institution",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown evidence"),
    };

    public static EvidenceKind Parse(string code) => code switch
    {
        "not_sent" => EvidenceKind.NotSent,
        "certain_failure" => EvidenceKind.CertainFailure,
        "closed_at_institution" => EvidenceKind.ClosedAtInstitution,
        _ => throw new FormatException($"'{code}' is not evidence"),
    };
}
