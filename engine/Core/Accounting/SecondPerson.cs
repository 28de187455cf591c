namespace PaymentEngine.Core.Accounting;

/// <summary>What one person has asked for, and another has to agree to (P2).</summary>
public interface IAskedFor
{
    string Maker { get; }

    Verdict Verdict { get; }

    /// <summary>Of all that is agreed to.</summary>
    byte[] ContentHash { get; }

    /// <summary>What is stored is what was hashed.</summary>
    bool IsWhole { get; }
}

public enum Verdict
{
    None,
    Approved,
    Refused,
}

/// <summary>Who agreed in vain, and what stood against it then.</summary>
public sealed record FailedApproval(string Checker, DateTimeOffset At, string Refusal);

/// <summary>What stands against somebody's word about what was asked for.</summary>
public enum Objection
{
    None,

    /// <summary>It is decided: somebody refused it.</summary>
    Refused,

    /// <summary>It is decided: somebody agreed to it.</summary>
    Approved,

    /// <summary>Whoever asked cannot agree with himself, nor refuse it.</summary>
    OwnRequest,

    /// <summary>What is stored is not what was asked for any more.</summary>
    Altered,

    /// <summary>What he has seen is not what is stored.</summary>
    OtherContent,
}

public static class SecondPerson
{
    public const string Needed = "second_person_needed";
    public const string ContentDiffers = "content_differs";
    public const string ContentChanged = "content_changed";

    /// <param name="seen">The hash of what he agrees to.</param>
    public static Objection ToApproval(IAskedFor asked, string actor, ReadOnlySpan<byte> seen) =>
        asked.Verdict == Verdict.Refused ? Objection.Refused
        : asked.Maker == actor ? Objection.OwnRequest
        : !asked.IsWhole ? Objection.Altered
        : !seen.SequenceEqual(asked.ContentHash) ? Objection.OtherContent
        : Objection.None;

    public static Objection ToRefusal(IAskedFor asked, string actor) =>
        asked.Verdict == Verdict.Approved ? Objection.Approved
        : asked.Maker == actor ? Objection.OwnRequest
        : Objection.None;

    /// <param name="what">The noun of it: an adjustment, a change.</param>
    public static string Code(this Objection objection, string what) => objection switch
    {
        Objection.Refused => what + "_refused",
        Objection.Approved => what + "_approved",
        Objection.OwnRequest => Needed,
        Objection.Altered => ContentChanged,
        Objection.OtherContent => ContentDiffers,
        _ => throw new ArgumentOutOfRangeException(nameof(objection), objection, "that is none"),
    };
}
