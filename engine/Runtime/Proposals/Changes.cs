using PaymentEngine.Core;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>What a person asks for: a closed set.</summary>
public abstract record WantedChange(string Reason)
{
    public sealed record CreditLine(string Account, Money Line, string Reason) : WantedChange(Reason);

    public sealed record Unfreeze(string Account, string Reason) : WantedChange(Reason);

    public sealed record CustomerClass(string Customer, string Class, string Reason) : WantedChange(Reason);

    /// <param name="Amount">Null for what is left.</param>
    public sealed record ReleaseHold(OrderId Hold, Money? Amount, string Reason) : WantedChange(Reason);

    /// <summary>The same, asked for once more.</summary>
    public static WantedChange Of(ChangeContent content) => content.Change switch
    {
        PowerChange.CreditLine(var account, _, var to) => new CreditLine(account, to, content.Reason),
        PowerChange.Unfreeze(var account) => new Unfreeze(account, content.Reason),
        PowerChange.CustomerClass(var customer, _, var to) => new CustomerClass(customer, to, content.Reason),
        PowerChange.ReleaseHold release => new ReleaseHold(release.Hold, release.Amount, content.Reason),
        var other => throw new InvalidOperationException($"nobody asks for {other}"),
    };
}

/// <summary>A change with all that somebody has to see before he agrees to it.</summary>
public sealed record ChangeView(Proposal<ChangeContent> Stored)
{
    /// <summary>What would stand against it now; null when it is decided, or nothing does.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Of a credit line, a freeze or a hold, as it is now.</summary>
    public AccountRecord? Account { get; init; }

    /// <summary>The freezes that are to be lifted.</summary>
    public IReadOnlyList<AccountChangeRecord> Freezes { get; init; } = [];

    public CustomerRecord? Customer { get; init; }

    /// <summary>All classes, where it is about one.</summary>
    public IReadOnlyList<ClassRecord> Classes { get; init; } = [];

    public HoldRecord? Hold { get; init; }
}

/// <summary>Why the desk says no.</summary>
public static class ChangeRefusals
{
    public const string AccountNotFound = "account_not_found";
    public const string CustomerNotFound = "customer_not_found";
    public const string HoldNotFound = "hold_not_found";

    /// <summary>What it would change is not any more as it was when it was asked for.</summary>
    public const string ChangedMeanwhile = "changed_meanwhile";
}
