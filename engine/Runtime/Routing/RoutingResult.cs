using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Runtime.Routing;

/// <summary>What a word of a person about routing came to: a closed set.</summary>
public abstract record RoutingResult
{
    private RoutingResult()
    {
    }

    /// <summary>The version as it is stored.</summary>
    public sealed record Drafted(RoutingVersion Version) : RoutingResult;

    /// <summary>The activation as it is stored now.</summary>
    public sealed record Stored(RoutingActivation Activation) : RoutingResult;

    /// <summary>It does not hold together; all reasons at once.</summary>
    public sealed record Unfit(IReadOnlyList<SetupError> Errors) : RoutingResult;

    /// <param name="Code">One of <see cref="RoutingRefusals"/>.</param>
    public sealed record Refused(string Code) : RoutingResult;
}

/// <summary>Why the desks of routing say no.</summary>
public static class RoutingRefusals
{
    public const string VersionNotFound = "version_not_found";
    public const string ActivationNotFound = "activation_not_found";

    /// <summary>The person used the key before, for something else.</summary>
    public const string KeyReused = "idempotency_key_reused";

    /// <summary>Whoever asked cannot agree with himself.</summary>
    public const string SecondPersonNeeded = "second_person_needed";

    public const string ActivationWithdrawn = "activation_withdrawn";

    /// <summary>What has been in force is history; it is rolled back instead.</summary>
    public const string ActivationInForce = "activation_in_force";

    /// <summary>A trial stands beside an active version.</summary>
    public const string NothingActive = "nothing_active";

    public const string NeverInForce = "never_in_force";

    public const string FromIsPast = "from_is_past";
    public const string NothingToRollBack = "nothing_to_roll_back";
}

/// <summary>What a person does, and under which key of his: the same key is the same word (O13).</summary>
public sealed record RoutingWord(string Actor, string Key, byte[] BodyHash);

/// <param name="Version">0 is none: the default of a hook, no such script, the setup that follows from the channels.</param>
/// <param name="From">Null for as soon as somebody agrees.</param>
public sealed record RequestActivation(RoutingItem Item, int Version, int Share, DateTimeOffset? From, string Comment);

/// <param name="Version">Null for what was before.</param>
public sealed record RequestRollback(RoutingItem Item, int? Version, string Comment);
