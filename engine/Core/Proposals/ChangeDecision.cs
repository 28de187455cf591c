using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Proposals;

/// <summary>Whether a change is one that a second person has to agree to, and can be asked for as things stand.</summary>
public abstract record ChangeDecision
{
    public const string AccountStatus = "account_status";
    public const string CurrencyDiffers = "currency_differs";
    public const string NoSuchClass = "no_such_class";
    public const string NotVerified = "not_verified";
    public const string HoldExceeded = "hold_exceeded";

    /// <summary>It takes power away: one person does that, at once.</summary>
    public const string NeedsNoSecondPerson = "needs_no_second_person";

    private ChangeDecision()
    {
    }

    public sealed record Ask(PowerChange Change) : ChangeDecision;

    public sealed record Refuse(string Code) : ChangeDecision;

    public static ChangeDecision CreditLine(string account, AccountStanding standing, Money line) =>
        line.Currency != standing.Currency ? new Refuse(CurrencyDiffers)
        : standing.IsClosed ? new Refuse(AccountStatus)
        : line.Minor <= -standing.Floor ? new Refuse(NeedsNoSecondPerson)
        : new Ask(new PowerChange.CreditLine(account, new Money(-standing.Floor, standing.Currency), line));

    public static ChangeDecision Unfreeze(string account, AccountStanding standing) =>
        standing.IsFrozen ? new Ask(new PowerChange.Unfreeze(account)) : new Refuse(AccountStatus);

    /// <param name="wanted">Null where there is none of that name.</param>
    public static ChangeDecision CustomerClass(string customer, CustomerStanding standing, ClassNeeds? wanted) =>
        wanted is null ? new Refuse(NoSuchClass)
        : !KycClasses.IsRaise(standing.Class, wanted.Class) ? new Refuse(NeedsNoSecondPerson)
        : !KycClasses.IsMet(wanted, standing) ? new Refuse(NotVerified)
        : new Ask(new PowerChange.CustomerClass(customer, standing.Class, wanted.Class));

    /// <param name="amount">Null for what is left.</param>
    public static ChangeDecision ReleaseHold(string account, OrderId hold, Money left, Money? amount) =>
        amount is { } part && part.Currency != left.Currency ? new Refuse(CurrencyDiffers)
        : left.IsZero || (amount ?? left).Minor > left.Minor ? new Refuse(HoldExceeded)
        : new Ask(new PowerChange.ReleaseHold(account, hold, left, left - (amount ?? left)));
}
